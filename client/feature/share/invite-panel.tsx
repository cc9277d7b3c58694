import { Button, NativeSelect, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import type { Role } from "#shared/model/role.ts";
import { type Invite, useCreateInvite } from "../../api/invites.ts";
import { ProblemNote } from "../../ui/note.tsx";
import { RoleChoice } from "../../ui/role-choice.tsx";
import { LinkList } from "./link-list.tsx";
import { NewLink } from "./new-link.tsx";
import { EXPIRIES, hoursOf, USES, usesOf } from "./offer.ts";
import css from "./share.module.css";

/** Makes an invitation link; below it stand those that already lead to the article. */
export function InvitePanel({ articleId }: { articleId: string | null }) {
  const create = useCreateInvite();
  const [made, setMade] = useState<Invite | null>(null);
  const [role, setRole] = useState<Role>("annotator");
  const [expiry, setExpiry] = useState("168");
  const [uses, setUses] = useState("");

  const submit = () =>
    create.mutate(
      { role, articleId, expiresIn: hoursOf(expiry), maxUses: usesOf(uses) },
      { onSuccess: setMade },
    );

  if (made) return <NewLink invite={made} onAnother={() => setMade(null)} />;

  return (
    <Stack gap="lg">
      <Stack gap="sm">
        <div>
          <p className={css.label} aria-hidden>
            Who opens the link becomes
          </p>
          <RoleChoice label="Who opens the link becomes" value={role} onChange={setRole} explain />
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <NativeSelect
            label="Works for"
            data={EXPIRIES}
            value={expiry}
            onChange={(event) => setExpiry(event.currentTarget.value)}
          />
          <NativeSelect
            label="Can be used"
            data={USES}
            value={uses}
            onChange={(event) => setUses(event.currentTarget.value)}
          />
        </SimpleGrid>
        {create.error && <ProblemNote>{create.error.message}</ProblemNote>}
        <Button size="md" loading={create.isPending} onClick={submit} data-autofocus>
          Create link
        </Button>
      </Stack>
      {articleId !== null && (
        <section aria-labelledby="active-links">
          <h3 id="active-links" className={css.heading}>
            Links to this article that work now
          </h3>
          <LinkList articleId={articleId} />
        </section>
      )}
    </Stack>
  );
}
