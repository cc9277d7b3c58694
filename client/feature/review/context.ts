import type { ArticleSession } from "../../session/contract.ts";
import type { Entry } from "./book.ts";

/** So many characters on either side, to whole words. */
const REACH = 90;

/** What stands around a mark in its paragraph. */
export function contextOf(
  session: ArticleSession,
  { placed }: Pick<Entry, "placed">,
): { readonly before: string; readonly after: string } {
  const first = placed.placement.pieces[0];
  const last = placed.placement.pieces.at(-1);
  const text = session.readText()?.text;
  if (text === undefined || !first || !last) return { before: "", after: "" };
  const before = text.slice(Math.max(0, first.start - REACH), first.start);
  const after = text.slice(last.end, last.end + REACH);
  return {
    before: fromWord(
      before.slice(before.lastIndexOf("\n") + 1),
      before.includes("\n") || first.start <= REACH,
    ),
    after: toWord(after.split("\n", 1)[0] ?? "", after.includes("\n") || last.end + REACH >= text.length),
  };
}

function fromWord(text: string, whole: boolean): string {
  return whole || text === "" ? text : `… ${text.slice(text.indexOf(" ") + 1)}`;
}

function toWord(text: string, whole: boolean): string {
  return whole || text === "" ? text : `${text.slice(0, Math.max(0, text.lastIndexOf(" ")))} …`;
}
