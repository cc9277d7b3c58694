import type { Codebook } from "#shared/model/codebook.ts";
import { count, number } from "../../ui/count.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import type { MinimapMark } from "./density.ts";
import css from "./minimap.module.css";
import { SIGN_WORDS, SIGNS, type Sign } from "./sign.ts";

/** Tags that are named; the others are in the sum. */
const MOST_TAGS = 5;
/** Letters of the words of the mark that is nearest. */
const MOST_WORDS = 120;

/** What stands at a place of the map: heading, tags with their numbers, signs, words of the nearest mark. */
export function MapTip({
  codebook,
  heading,
  marks,
  signs,
}: {
  codebook: Codebook;
  heading: string | null;
  marks: readonly MinimapMark[];
  signs: ReadonlyMap<Sign, number>;
}) {
  const [nearest] = marks;
  const words = nearest?.lead.placement.text ?? "";
  return (
    <>
      <p className={css.heading}>{heading ?? "Beginning of the text"}</p>
      {nearest === undefined ? (
        <p className={css.signs}>No marks here</p>
      ) : (
        <ul className={css.tags}>
          {tagCounts(marks)
            .slice(0, MOST_TAGS)
            .map(([tag, times]) => (
              <li key={tag} className={css.tag}>
                <TagChip codebook={codebook} id={tag} /> {number(times)}
              </li>
            ))}
        </ul>
      )}
      {words !== "" && <p className={css.quote}>{shorten(words)}</p>}
      {signs.size > 0 && <p className={css.signs}>{signWords(signs)}</p>}
    </>
  );
}

/** The same in one sentence, for the ear. */
export function mapSentence(
  heading: string | null,
  marks: readonly MinimapMark[],
  signs: ReadonlyMap<Sign, number>,
): string {
  const place = heading === null ? "Beginning of the text" : `Under ${heading}`;
  const said = signs.size > 0 ? `, ${signWords(signs)}` : "";
  return `${place}: ${count(marks.length, "mark")} in sight${said}`;
}

/** Tags by how often they stand there, the most frequent first. */
function tagCounts(marks: readonly MinimapMark[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { lead } of marks) {
    for (const tag of lead.annotation.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1]);
}

function signWords(signs: ReadonlyMap<Sign, number>): string {
  return SIGNS.filter((sign) => signs.has(sign))
    .map((sign) => `${number(signs.get(sign) ?? 0)} ${SIGN_WORDS[sign]}`)
    .join(", ");
}

function shorten(words: string): string {
  return words.length <= MOST_WORDS ? words : `${words.slice(0, MOST_WORDS).trimEnd()}…`;
}
