/**
 * Room names. Each trust domain of an article is a document (room) of its own, so that who may write
 * where is decided once, when a room is opened, and not by reading updates.
 */

export type Room =
  | { readonly kind: "text"; readonly article: string }
  | { readonly kind: "layer"; readonly article: string; readonly user: string }
  | { readonly kind: "review"; readonly article: string };

const NAME = /^article\/([A-Za-z0-9_-]{1,64})\/(text|review|layer\/([A-Za-z0-9_-]{1,64}))$/;

export function roomName(room: Room): string {
  const base = `article/${room.article}`;
  return room.kind === "layer" ? `${base}/layer/${room.user}` : `${base}/${room.kind}`;
}

/** The room a name stands for, or null when it is no room of Gloss. */
export function parseRoom(name: string): Room | null {
  const match = NAME.exec(name);
  if (!match) return null;
  const [, article = "", kind = "", user] = match;
  if (user !== undefined) return { kind: "layer", article, user };
  return kind === "text" ? { kind: "text", article } : { kind: "review", article };
}

/** Root types each kind of room may hold; an update that names another root is refused. */
export const ROOTS = {
  text: ["prosemirror", "redirects"],
  layer: ["annotations", "vectors"],
  review: ["article", "roster", "people", "verdicts", "judged", "reviews", "threads", "suggestions", "gold"],
} as const satisfies Record<Room["kind"], readonly string[]>;
