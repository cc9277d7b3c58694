import type { Mention } from "../model/thread.ts";

/** A message cut into what is shown differently. Its parts joined are the text, unchanged. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "mention"; readonly text: string; readonly users: readonly string[] }
  /** `href` is an http, https or mailto address and nothing else. */
  | { readonly kind: "link"; readonly text: string; readonly href: string };

const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"'`]+/giu;
/** What ends a sentence and not an address. */
const TAIL = /[.,;:!?…'")\]}>]+$/u;

/** Where links and names stand in a text. Mentions that do not fit the text are passed over. */
export function partsOf(text: string, mentions: readonly Mention[]): Part[] {
  const spans: { readonly start: number; readonly end: number; readonly part: Part }[] = [];
  const bySpan = new Map<string, string[]>();
  for (const { user, start, end } of mentions) {
    if (text[start] !== "@" || end <= start || end > text.length) continue;
    const key = `${start}-${end}`;
    const users = bySpan.get(key);
    if (users) {
      users.push(user);
      continue;
    }
    const own = [user];
    bySpan.set(key, own);
    spans.push({ start, end, part: { kind: "mention", text: text.slice(start, end), users: own } });
  }
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const shown = trimmed(found);
    const href = safeHref(shown);
    if (href === null) continue;
    spans.push({ start: index, end: index + shown.length, part: { kind: "link", text: shown, href } });
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end, part } of spans) {
    if (start < at) continue;
    if (start > at) parts.push({ kind: "text", text: text.slice(at, start) });
    parts.push(part);
    at = end;
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
}

/** A closing bracket belongs to an address that has the opening one. */
function trimmed(address: string): string {
  const tail = TAIL.exec(address)?.[0] ?? "";
  const bare = address.slice(0, address.length - tail.length);
  return tail.startsWith(")") && bare.includes("(") ? `${bare})` : bare;
}

/** A host without a name and password before it, which would show another place than it leads to. */
const WEB = /^https?:\/\/[\p{L}\p{N}.:-]+(?:[/?#]|$)/iu;
const MAIL = /^mailto:[^\s@?]+@[\p{L}\p{N}.-]+$/iu;

/** The address as a link may carry it; null for whatever is no plain web or mail address. */
function safeHref(address: string): string | null {
  return WEB.test(address) || MAIL.test(address) ? address : null;
}
