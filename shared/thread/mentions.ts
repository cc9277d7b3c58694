import type { Mention } from "../model/thread.ts";

/** Who is meant by `@Name` in a text. All offsets are UTF-16 code units. */

export type Named = { readonly id: string; readonly name: string };

const WORD = /[\p{L}\p{N}_]/u;

/** True when a name may begin after the `@` at `at`: the `@` of an address is none. */
function opens(text: string, at: number): boolean {
  return text[at] === "@" && (at === 0 || !WORD.test(text[at - 1] ?? ""));
}

/** True when no word goes on at `at`. */
function closes(text: string, at: number): boolean {
  return at >= text.length || !WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 0x20));
}

const first = (name: string): string => name.split(/\s/u, 1)[0] ?? name;
const lower = (text: string): string => text.toLowerCase();

/**
 * The mentions in a text, in its order. The longest name that stands there is meant; a first name is
 * enough when only one person has it. Of several people of one name those among `chosen` are meant, or
 * else all of them.
 */
export function findMentions(
  text: string,
  people: readonly Named[],
  chosen: readonly string[] = [],
): Mention[] {
  if (!text.includes("@")) return [];
  const byLetter = new Map<string, Named[]>();
  for (const person of people) {
    const letter = lower(person.name.slice(0, 1));
    const known = byLetter.get(letter);
    if (known) known.push(person);
    else byLetter.set(letter, [person]);
  }
  const mentions: Mention[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (!opens(text, at)) continue;
    const candidates = byLetter.get(lower(text.slice(at + 1, at + 2))) ?? [];
    const meant = meantAt(text, at + 1, candidates);
    const picked = meant.people.filter(({ id }) => chosen.includes(id));
    for (const { id } of picked.length > 0 ? picked : meant.people) {
      mentions.push({ user: id, start: at, end: meant.end });
    }
  }
  return mentions;
}

function meantAt(
  text: string,
  from: number,
  people: readonly Named[],
): { readonly people: readonly Named[]; readonly end: number } {
  const stands = (name: string): boolean => {
    const end = from + name.length;
    return name !== "" && closes(text, end) && lower(text.slice(from, end)) === lower(name);
  };
  const whole = people.filter(({ name }) => stands(name));
  if (whole.length > 0) {
    const longest = Math.max(...whole.map(({ name }) => name.length));
    return { people: whole.filter(({ name }) => name.length === longest), end: from + longest };
  }
  const byFirst = people.filter(({ name }) => stands(first(name)));
  const [only] = byFirst;
  if (!only || byFirst.length > 1) return { people: [], end: from };
  return { people: [only], end: from + first(only.name).length };
}

/** Ids of the people that mentions mean, each once, in the order of the text. */
export function mentionedIn(mentions: readonly Mention[]): string[] {
  return [...new Set(mentions.map(({ user }) => user))];
}

/** A name that is being typed at the caret: from the `@` at `start` on, `query` stands behind it. */
export type Typing = { readonly start: number; readonly query: string };

/** Longest beginning of a name that is looked up. */
const LONGEST_QUERY = 40;

/** The name that somebody is typing right before `caret`, or null. A line break ends it. */
export function typingAt(text: string, caret: number): Typing | null {
  const start = text.lastIndexOf("@", caret - 1);
  if (start < 0 || caret - start > LONGEST_QUERY || !opens(text, start)) return null;
  const query = text.slice(start + 1, caret);
  return /\n|^\s|\s\s/u.test(query) ? null : { start, query };
}

/** People whose name, or a word of it, begins with what is typed; whole names first, at most `most`. */
export function completions<P extends Named>(people: readonly P[], query: string, most = 6): P[] {
  const wanted = lower(query);
  const starts = people.filter(({ name }) => lower(name).startsWith(wanted));
  const inside = people.filter(
    (person) => !starts.includes(person) && lower(person.name).includes(` ${wanted}`),
  );
  return [...starts, ...inside].slice(0, most);
}

/** The text with the typed name completed, and where the caret stands then. */
export function complete(
  text: string,
  { start, query }: Typing,
  name: string,
): { readonly text: string; readonly caret: number } {
  const end = start + 1 + query.length;
  const space = text[end] === " " ? "" : " ";
  const head = `${text.slice(0, start)}@${name}${space}`;
  return { text: head + text.slice(end), caret: head.length + (space === "" ? 1 : 0) };
}
