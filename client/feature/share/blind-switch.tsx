import { Switch } from "@mantine/core";
import { useArticle, usePatchArticle } from "../../api/articles.ts";

/** Whether annotators see each other's marks; for who may adjudicate. */
export function BlindSwitch({ articleId }: { articleId: string }) {
  const { data } = useArticle(articleId);
  const patch = usePatchArticle();
  if (!data) return null;
  return (
    <Switch
      mt="lg"
      label="Blind annotation"
      description="Everybody sees their own marks only, until you reveal them. You see all."
      checked={data.blind}
      disabled={patch.isPending || data.archivedAt !== null}
      onChange={(event) => patch.mutate({ id: articleId, patch: { blind: event.currentTarget.checked } })}
    />
  );
}
