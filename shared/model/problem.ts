/**
 * The closed list of things that can go wrong for a user, with their HTTP status and what to do next.
 * Answers over HTTP are RFC 9457 problem details; over the websocket the same codes travel in
 * refusals and close reasons.
 */

const PROBLEMS = {
  "bad-request": [400, "The request is not of the expected form."],
  "not-signed-in": [401, "Sign in first."],
  "wrong-credentials": [
    401,
    "E-mail and password do not match. Check both, or ask the owner for a new link.",
  ],
  forbidden: [403, "Your role does not allow this. Ask an owner of this workspace."],
  "foreign-origin": [403, "This request came from another site. Open Gloss itself and try again."],
  "not-found": [404, "There is nothing here, or not any more."],
  "method-not-allowed": [405, "This address does not take this method. See the description of the API."],
  "invite-invalid": [404, "This invitation is not valid. Ask for a new link."],
  "invite-expired": [410, "This invitation has expired. Ask for a new link."],
  "invite-used-up": [410, "This invitation has been used as often as it allows. Ask for a new link."],
  "setup-done": [409, "This workspace already has an owner. Sign in instead."],
  "email-taken": [409, "There is already an account with this e-mail. Sign in instead."],
  "last-owner": [409, "A workspace needs an owner. Make somebody else owner first."],
  "quote-mismatch": [409, "The text at this place is not what you quoted. Read the article again and retry."],
  "draft-outdated": [
    409,
    "Somebody saved this draft meanwhile. Load it, put your changes on it and save again.",
  ],
  "already-ruled": [409, "This discussion has a ruling already. Take it back before you make another one."],
  "codebook-busy": [409, "Existing marks are still being changed. Wait until that is done and try again."],
  "not-latest": [409, "Only the latest published version can be taken back. Take back the later ones first."],
  "verdict-refused": [409, "The rules of review do not allow this. See `refusal` in the answer."],
  "suggestion-refused": [409, "This suggestion does not allow that. See `refusal` in the answer."],
  archived: [409, "This article is archived. Restore it first."],
  "too-large": [413, "This is larger than Gloss takes. Split it and try again."],
  "unsupported-file": [415, "Gloss reads .txt, .md and .html files. Save it as one of these and try again."],
  "unreadable-file": [422, "This file could not be read as text. Save it as UTF-8 and try again."],
  "invalid-content": [422, "Some of this is not valid. See the fields named in the answer."],
  "rate-limited": [429, "Too many tries. Wait a little and try again."],
  internal: [500, "Something went wrong on the server. It has been logged; try again."],
  unavailable: [503, "Gloss cannot save right now. Your changes are kept; it will try again."],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

/** RFC 9457 body. `code` is from the closed list; `detail` says what to do next. */
export type ProblemDetails = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  readonly [extra: string]: unknown;
};

/** An expected failure that a user can cause. Anything else that is thrown is a bug. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: Record<string, unknown>;

  constructor(code: ProblemCode, detail?: string, extra: Record<string, unknown> = {}) {
    super(detail ?? PROBLEMS[code][1]);
    this.name = "Problem";
    this.code = code;
    this.extra = extra;
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }

  toJSON(): ProblemDetails {
    return {
      ...this.extra,
      type: `urn:gloss:problem:${this.code}`,
      title: this.code.replaceAll("-", " "),
      status: this.status,
      code: this.code,
      detail: this.message,
    };
  }
}
