import { Problem } from "#shared/model/problem.ts";
import { rank, type Role } from "#shared/model/role.ts";
import { toRole } from "../auth/authenticate.ts";
import type { Principal } from "../auth/principal.ts";
import type { InviteRow } from "../database/tables.ts";
import { checkUsable, consumeInvite, findInvite, returnUse } from "./invite.ts";
import { findMember, invalid, pickColor } from "./person.ts";
import type { Services } from "./services.ts";
import { workspaceName } from "./setting.ts";

export type Invited = {
  workspace: string;
  host: string;
  role: Role;
  article: { id: string; title: string } | null;
  /** How many people have that article open now. */
  here: number;
};

/** What a link leads to. Rejects with Problem `invite-invalid`, `invite-expired` or `invite-used-up`. */
export async function lookAtInvite(
  { database, live, now }: Services,
  who: Principal | null,
  code: string,
): Promise<Invited> {
  const invite = await findInvite(database.db, code);
  if (!hasIt(who, invite)) checkUsable(invite, now());
  const article =
    invite.article_id === null
      ? undefined
      : await database.db
          .selectFrom("article")
          .select(["id", "title"])
          .where("id", "=", invite.article_id)
          .executeTakeFirst();
  return {
    workspace: await workspaceName(database.db),
    host: invite.host,
    role: toRole(invite.role),
    article: article ?? null,
    here: article ? live.present(article.id).length : 0,
  };
}

export type Joining = {
  readonly code: string;
  readonly name?: string | undefined;
  readonly color?: string | undefined;
};

/** Who joined; `isNew` when a guest was made, who needs a session. */
export type Joined = { readonly id: string; readonly isNew: boolean; readonly articleId: string | null };

/**
 * Makes a guest, or gives somebody who is signed in the higher of both roles. Rejects with the
 * Problems of `lookAtInvite`; then no use is counted.
 */
export async function join(services: Services, who: Principal | null, joining: Joining): Promise<Joined> {
  const { database, now } = services;
  const invite = await findInvite(database.db, joining.code);
  if (who && hasIt(who, invite)) return { id: who.id, isNew: false, articleId: invite.article_id };
  checkUsable(invite, now());
  if (!who && joining.name === undefined) throw invalid("name", "Give a name.");
  const color = await pickColor(database.db, joining.color);
  if (!(await consumeInvite(database.db, invite.id, now()))) throw await whyNot(services, joining.code);
  try {
    if (who) await raise(services, who.id, toRole(invite.role));
    const id = who?.id ?? (await makeGuest(services, invite, { name: joining.name ?? "", color }));
    return { id, isNew: !who, articleId: invite.article_id };
  } catch (error) {
    await returnUse(database.db, invite.id);
    throw error;
  }
}

/** True for somebody who already may what the invitation gives: to them it is just a link. */
function hasIt(who: Principal | null, invite: InviteRow): boolean {
  return who !== null && rank(who.role) >= rank(toRole(invite.role));
}

function makeGuest(
  { accounts }: Services,
  invite: InviteRow,
  guest: { readonly name: string; readonly color: string },
): Promise<string> {
  return accounts.create({ ...guest, role: toRole(invite.role) });
}

async function raise({ database, live }: Services, id: string, role: Role): Promise<void> {
  await database.exclusive(async (tx) => {
    const member = await findMember(tx, id);
    if (rank(toRole(member.role)) >= rank(role)) return;
    await tx.updateTable("person").set({ role }).where("id", "=", id).execute();
  });
  live.rightsChanged({ user: id });
}

/** Why an invitation that was good a moment ago could not be used. */
async function whyNot({ database, now }: Services, code: string): Promise<Problem> {
  try {
    checkUsable(await findInvite(database.db, code), now());
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return new Problem("invite-used-up");
}
