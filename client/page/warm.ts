import { useEffect } from "react";

/**
 * Fetches the workspace while somebody still types their name, so that the text is there when they enter.
 * Where it does not come, it is fetched again when it is needed.
 */
export function useWarmArticle(): void {
  useEffect(() => {
    import("./article/article-page.tsx").catch(() => undefined);
  }, []);
}
