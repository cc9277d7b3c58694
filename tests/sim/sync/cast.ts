import type { Role } from "#shared/model/role.ts";
import { layer, TEXT } from "../../server/sync/server.ts";

export type RoomKind = "text" | "layer";

/** One tab of an honest person, with the rooms it keeps open. */
export type Part = {
  readonly user: string;
  readonly role: Role;
  /** Gloss' own client, or npm's y-websocket as it comes, which has no account of what is saved. */
  readonly client: "gloss" | "plain";
  readonly rooms: readonly PartRoom[];
};

export type PartRoom = { readonly room: string; readonly kind: RoomKind; readonly mayWrite: boolean };

const text = (mayWrite: boolean): PartRoom => ({ room: TEXT, kind: "text", mayWrite });
const own = (user: string): PartRoom => ({ room: layer(user), kind: "layer", mayWrite: true });
const seen = (user: string): PartRoom => ({ room: layer(user), kind: "layer", mayWrite: false });

export const CAST: readonly Part[] = [
  { user: "ann", role: "editor", client: "gloss", rooms: [text(true), own("ann"), seen("cy")] },
  { user: "ann", role: "editor", client: "gloss", rooms: [text(true), own("ann")] },
  { user: "bob", role: "editor", client: "gloss", rooms: [text(true), own("bob"), seen("ann")] },
  { user: "cy", role: "annotator", client: "gloss", rooms: [text(false), own("cy"), seen("bob")] },
  { user: "dee", role: "viewer", client: "plain", rooms: [text(false)] },
  { user: "fay", role: "editor", client: "plain", rooms: [text(true)] },
];

export const HONEST: ReadonlySet<string> = new Set(CAST.map(({ user }) => user));

/** Mallory may read, and annotate in a layer of her own. */
export const MALLORY = { user: "mallory", role: "annotator" } as const;
/** Eve may write the text, as herself. */
export const EVE = { user: "eve", role: "editor" } as const;

export const EDITORS: ReadonlySet<string> = new Set(
  [...CAST, EVE].filter(({ role }) => role === "editor").map(({ user }) => user),
);
