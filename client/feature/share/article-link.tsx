import { Stack, Text, TextInput } from "@mantine/core";
import { useMembers } from "../../api/members.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import css from "./share.module.css";

/** For people who may not invite: the address for those who are members already, and whom to ask for more. */
export function ArticleLink({ articleId }: { articleId: string | null }) {
  const members = useMembers();
  const path = articleId === null ? "/articles" : `/articles/${articleId}`;
  const url = window.location.origin + path;
  const owners = (members.data?.items ?? []).filter((member) => member.role === "owner");
  return (
    <Stack gap="md">
      <Text size="sm">Members of this workspace can open it with this link.</Text>
      <div className={css.linkLine}>
        <TextInput className={css.linkField} aria-label="Link" value={url} readOnly />
        <CopyButton
          value={url}
          label={articleId === null ? "Copy link" : "Copy link to this article"}
          variant="filled"
        />
      </div>
      {owners.length > 0 && (
        <Text size="sm" c="dimmed">
          To bring in somebody new, ask{" "}
          {new Intl.ListFormat("en", { type: "disjunction" }).format(owners.map((owner) => owner.name))} for
          an invitation link.
        </Text>
      )}
    </Stack>
  );
}
