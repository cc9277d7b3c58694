import { roomName } from "#shared/doc/rooms.ts";
import type { Live } from "../sync/live.ts";
import type { Services } from "./services.ts";

/** Name of the entry in the review room's root map `article` that says which codebook is in force. */
const ENTRY = "codebook";

/**
 * Writes the codebook in force into every article's review room, so that open screens fetch it. Articles
 * that somebody has open come first. Doing it again changes nothing.
 */
export async function tellCodebook(
  { database, live }: Pick<Services, "database" | "live">,
  ref: string,
): Promise<void> {
  const rows = await database.db.selectFrom("article").select("id").orderBy("updated_at", "desc").execute();
  const isOpen = ({ id }: { readonly id: string }) => live.present(id).length > 0;
  const open = rows.filter(isOpen);
  for (const { id } of [...open, ...rows.filter((row) => !open.includes(row))]) await tell(live, id, ref);
}

async function tell(live: Live, article: string, ref: string): Promise<void> {
  const room = roomName({ kind: "review", article });
  if (await live.read(room, (doc) => doc.getMap("article").get(ENTRY) === ref)) return;
  await live.write(room, null, (doc) => {
    doc.getMap("article").set(ENTRY, ref);
  });
}
