import { useParams } from "react-router";
import { useArticle } from "../../api/articles.ts";
import { useCodebook } from "../../api/codebook.ts";
import { useSelf } from "../../api/self.tsx";
import type { Codebook } from "#shared/model/codebook.ts";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import { FailureScreen } from "../failure-screen.tsx";
import { ArticleSkeleton } from "./article-skeleton.tsx";
import { useSession } from "./use-session.ts";
import { Workspace } from "./workspace.tsx";

/** One article: loads what is known about it, opens it, and shows the workspace. */
export function ArticlePage() {
  const { id = "" } = useParams();
  const article = useArticle(id);
  const codebook = useCodebook();
  const me = useSelf();

  if (article.data && codebook.data) {
    return <OpenArticle key={`${id} ${me.id}`} item={article.data} codebook={codebook.data} />;
  }
  const problem = article.error ?? codebook.error;
  if (problem) {
    const retry = () => {
      void article.refetch();
      void codebook.refetch();
    };
    return <FailureScreen problem={problem} retry={retry} />;
  }
  return <ArticleSkeleton />;
}

function OpenArticle({ item, codebook }: { item: ArticleItem; codebook: Codebook }) {
  const me = useSelf();
  const session = useSession(item, me, codebook);
  return session ? <Workspace session={session} item={item} /> : <ArticleSkeleton />;
}
