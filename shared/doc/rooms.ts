/**
 * Room names. Each trust domain of an article is a document (room) of its own, so that who may write
 * where is decided once, when a room is opened, and not by reading updates.
 */

export type Room =
  | { readonly kind: "text"; readonly article: string }
  | { readonly kind: "layer"; readonly article: string; readonly user: string }
  | { readonly kind: "review"; readonly article: string }
  /** What is said about one layer while the article is blind. */
  | { readonly kind: "layer-review"; readonly article: string; readonly user: string };

const NAME = /^article\/([A-Za-z0-9_-]{1,64})\/(?:(text|review)|layer\/([A-Za-z0-9_-]{1,64})(\/review)?)$/;

export function roomName(room: Room): string {
  const base = `article/${room.article}`;
  if (room.kind === "layer") return `${base}/layer/${room.user}`;
  return room.kind === "layer-review" ? `${base}/layer/${room.user}/review` : `${base}/${room.kind}`;
}

/** The room a name stands for, or null when it is no room of Gloss. */
export function parseRoom(name: string): Room | null {
  const match = NAME.exec(name);
  if (!match) return null;
  const [, article = "", kind, user, review] = match;
  if (user !== undefined) return { kind: review === undefined ? "layer" : "layer-review", article, user };
  return kind === "text" ? { kind: "text", article } : { kind: "review", article };
}

const SAID = ["people", "verdicts", "judged", "reviews", "threads", "suggestions"] as const;

/** Root types each kind of room may hold; an update that names another root is refused. */
export const ROOTS = {
  text: ["prosemirror", "redirects"],
  layer: ["annotations", "vectors"],
  review: ["article", "roster", "gold", ...SAID],
  "layer-review": SAID,
} as const satisfies Record<Room["kind"], readonly string[]>;
