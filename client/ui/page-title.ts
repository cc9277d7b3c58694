import { useEffect } from "react";

/** Sets the title of the tab while the calling screen is shown; null while it is not known yet. */
export function usePageTitle(title: string | null): void {
  useEffect(() => {
    document.title = title === null ? "Gloss" : `${title} · Gloss`;
  }, [title]);
}
