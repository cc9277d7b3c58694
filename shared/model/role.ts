/**
 * Who may do what: one table, asked by the server before it acts and by the screen before it offers.
 * Roles are cumulative; what a verb needs beyond the role (own layer, own comment) is in `can`.
 */

export const ROLES = ["viewer", "annotator", "editor", "reviewer", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** The least role that may do each verb. */
const LEAST = {
  "article.read": "viewer",
  "article.export": "viewer",
  "text.read": "viewer",
  "layer.read": "viewer",
  "review.read": "viewer",
  "codebook.read": "viewer",
  "token.manage": "viewer",
  "layer.write": "annotator",
  "comment.write": "annotator",
  "text.write": "editor",
  "article.create": "editor",
  "article.edit": "editor",
  "article.archive": "editor",
  "verdict.write": "reviewer",
  adjudicate: "reviewer",
  "comment.moderate": "owner",
  "codebook.write": "owner",
  "member.manage": "owner",
  "invite.manage": "owner",
  "settings.write": "owner",
} as const satisfies Record<string, Role>;

export type Verb = keyof typeof LEAST;
export const VERBS = Object.keys(LEAST) as readonly Verb[];

/** Whoever asks. `null` is somebody who is not signed in. */
export type Actor = { readonly id: string; readonly role: Role } | null;

/**
 * What it is about. `owner` is the user whose layer or comment it is, `archived` an article put away,
 * `blind` one whose annotators do not see each other's layers.
 */
export type Subject = { readonly owner?: string; readonly archived?: boolean; readonly blind?: boolean };

/** Verbs that only the person themself may do, whatever their role: nobody writes in another's layer. */
const OWN_ONLY: readonly Verb[] = ["layer.write", "token.manage"];

/** Verbs that change an article and so rest while it is archived. */
const RESTS_WHEN_ARCHIVED: readonly Verb[] = [
  "layer.write",
  "comment.write",
  "text.write",
  "article.edit",
  "verdict.write",
  "adjudicate",
  "comment.moderate",
];

export function rank(role: Role): number {
  return ROLES.indexOf(role);
}

/** True when `who` may do `verb` to `what`. Pure; the only answer to this question in Gloss. */
export function can(who: Actor, verb: Verb, what: Subject = {}): boolean {
  if (!who) return false;
  if (rank(who.role) < rank(LEAST[verb])) return false;
  if (OWN_ONLY.includes(verb) && what.owner !== undefined && what.owner !== who.id) return false;
  if (verb === "layer.read" && what.blind && what.owner !== who.id) return can(who, "adjudicate");
  if (what.archived && RESTS_WHEN_ARCHIVED.includes(verb)) return false;
  return true;
}
