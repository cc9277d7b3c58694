import { parseRoom, type Room } from "#shared/doc/rooms.ts";
import { can, type Actor } from "#shared/model/role.ts";
import type { CloseName } from "#shared/wire/close.ts";
import type { ArticleDirectory } from "./live.ts";

/** What somebody asks for: a room and the options behind it, as they stand after `/sync/`. */
export type Address = {
  readonly room: Room;
  /** Which making of the article the client's copy is of; null when it does not say. */
  readonly epoch: number | null;
  /** Understands acknowledgements, refusals and hashes. */
  readonly gloss: boolean;
};

export type Grant =
  | { readonly kind: "granted"; readonly room: Room; readonly mayWrite: boolean }
  | { readonly kind: "denied"; readonly close: CloseName };

/** Null when no such room can exist. */
export function parseAddress(address: string): Address | null {
  const [path = "", query = ""] = address.split("?", 2);
  const room = parseRoom(path);
  if (!room) return null;
  const params = new URLSearchParams(query);
  const epoch = params.get("epoch");
  if (epoch !== null && !/^\d{1,15}$/.test(epoch)) return null;
  return { room, epoch: epoch === null ? null : Number(epoch), gloss: params.get("gloss") === "1" };
}

/** The one place where it is decided what a person may do in a room, when they open it. */
export async function decide(who: Actor, address: Address, directory: ArticleDirectory): Promise<Grant> {
  const { room, epoch } = address;
  if (!who) return deny("not-signed-in");
  if (!mayRead(who, room, false)) return deny("forbidden");
  const article = await directory.find(room.article);
  if (!article) return deny("not-found");
  if (!mayRead(who, room, article.blind)) return deny("forbidden");
  if (epoch !== null && epoch !== article.epoch) return deny("epoch-mismatch");
  return { kind: "granted", room, mayWrite: mayWrite(who, room, article.archived) };
}

function deny(close: CloseName): Grant {
  return { kind: "denied", close };
}

function mayRead(who: Actor, room: Room, blind: boolean): boolean {
  switch (room.kind) {
    case "text":
      return can(who, "text.read");
    case "layer":
      return can(who, "layer.read", { owner: room.user, blind });
    case "review":
      return can(who, "review.read");
    case "layer-review":
      return can(who, "review.read") && can(who, "layer.read", { owner: room.user, blind });
  }
}

function mayWrite(who: Actor, room: Room, archived: boolean): boolean {
  switch (room.kind) {
    case "text":
      return can(who, "text.write", { archived });
    case "layer":
      return can(who, "layer.write", { owner: room.user, archived });
    case "review":
    case "layer-review":
      // The server alone, on the deciding road.
      return false;
  }
}
