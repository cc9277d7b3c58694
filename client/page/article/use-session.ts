import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { codebookRef, type Codebook } from "#shared/model/codebook.ts";
import type { ArticleItem, Me } from "#shared/wire/shapes.ts";
import { keys } from "../../api/keys.ts";
import { openArticle } from "../../session/article.ts";
import { Cell } from "../../session/cell.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";

/**
 * The open article, for as long as the page shows it; null in the first moment. What was loaded at first
 * opens it; later answers of the server reach it by its own road, and a new codebook by the page's. That I am signed in no more is made known
 * to the whole page.
 */
export function useSession(item: ArticleItem, me: Me, codebook: Codebook): ArticleSession | null {
  const [first] = useState({ item, me, codebook });
  const [holder] = useState(() => new Cell<ArticleSession | null>(null));
  const client = useQueryClient();
  useEffect(() => {
    const opened = openArticle({ articleId: first.item.id, ...first });
    holder.set(opened);
    const stop = opened.save.subscribe(() => {
      const state = opened.save.get();
      if (state.kind === "refused" && state.code === "not-signed-in") client.setQueryData(keys.me, null);
    });
    const stopNaming = opened.codebookNamed.subscribe(() => {
      const named = opened.codebookNamed.get();
      if (named === null || named === codebookRef(opened.codebook)) return;
      void client.invalidateQueries({ queryKey: keys.codebook, exact: true });
    });
    return () => {
      stop();
      stopNaming();
      holder.set(null);
      opened.dispose();
    };
  }, [first, holder, client]);
  const session = useReadable(holder);
  useEffect(() => session?.setCodebook(codebook), [session, codebook]);
  return session;
}
