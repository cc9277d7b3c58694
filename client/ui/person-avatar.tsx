import { VisuallyHidden } from "@mantine/core";
import css from "./person-avatar.module.css";

type Face = { readonly id: string; readonly name: string; readonly color: string };

/** Initials on the person's colour. Says the name unless `silent`, for places that write it beside. */
export function PersonAvatar({
  person,
  size = 28,
  silent = false,
}: {
  person: Face;
  size?: number;
  silent?: boolean;
}) {
  return (
    <span
      className={css.avatar}
      title={silent ? undefined : person.name}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.4),
        background: person.color,
        color: inkOn(person.color),
      }}
    >
      <span aria-hidden>{initials(person.name)}</span>
      {!silent && <VisuallyHidden>{person.name}</VisuallyHidden>}
    </span>
  );
}

/** Up to `most` faces, then "+3". Read as one sentence. */
export function PeopleStack({ people, most = 4 }: { people: readonly Face[]; most?: number }) {
  const shown = people.slice(0, people.length > most ? most - 1 : most);
  const names = people.map((person) => person.name).join(", ");
  return (
    <span title={names}>
      <span className={css.stack} aria-hidden>
        {shown.map((person) => (
          <PersonAvatar key={person.id} person={person} size={26} silent />
        ))}
        {people.length > shown.length && <span className={css.more}>+{people.length - shown.length}</span>}
      </span>
      <VisuallyHidden>{names}</VisuallyHidden>
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => firstCharacter(word ?? "").toLocaleUpperCase()).join("");
}

const CHARACTERS = new Intl.Segmenter();

/** The first character as people count them, so that an emoji or an accent stays whole. */
function firstCharacter(word: string): string {
  const [first] = CHARACTERS.segment(word);
  return first?.segment ?? "";
}

/** Black or white, whichever can be read better on `color` (#rrggbb). */
export function inkOn(color: string): string {
  const light = luminance(color);
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#000000" : "#ffffff";
}

function luminance(color: string): number {
  const channel = (from: number) => {
    const value = Number.parseInt(color.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
