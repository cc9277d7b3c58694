import { TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useId, type CSSProperties } from "react";
import { EYES, parseColour, seenBy, formatColour, type Eyes } from "#shared/codebook/colour.ts";
import { PALETTE } from "#shared/codebook/draft.ts";
import {
  coloursFrom,
  FILL_ALPHA,
  GROUNDS,
  lookalikes,
  measureContrast,
  THEMES,
  type Measure,
  type Theme,
} from "#shared/codebook/legibility.ts";
import { LINE_STYLES, type TagDefinition } from "#shared/model/codebook.ts";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { useEditing } from "./editing.ts";
import css from "./look-form.module.css";

const LINE_WORDS: Readonly<Record<TagDefinition["pattern"], string>> = {
  solid: "Solid",
  dashed: "Dashed",
  dotted: "Dotted",
  "underline-double": "Double",
  box: "Box",
  "underline-wavy": "Wavy",
  "underline-thin": "Thin",
  "underline-dots": "Fine dots",
  strike: "Struck through",
};

const EYES_WORDS: Readonly<Record<Eyes, string>> = {
  full: "All colours",
  protan: "No red (protan)",
  deutan: "No green (deutan)",
  tritan: "No blue (tritan)",
};

type Change = (key: string, values: Partial<TagDefinition>) => void;

/** Colour and line style of a tag, with what eyes make of them. */
export function LookForm({ tag, onChange }: { tag: TagDefinition; onChange: Change }) {
  const name = useId();
  const take = (colour: string) => {
    const made = coloursFrom(colour);
    onChange("color", made ?? { color: colour });
  };
  const known = parseColour(tag.color) !== null;
  return (
    <div className={css.look}>
      <div className={css.colour}>
        <TextInput
          label="Colour"
          className={css.hex}
          maxLength={7}
          value={tag.color}
          error={known ? undefined : "Write it like #1A2B3C."}
          onChange={(event) => take(event.currentTarget.value)}
        />
        <input
          type="color"
          className={css.picker}
          aria-label="Choose a colour"
          value={known ? tag.color.toLowerCase() : "#000000"}
          onChange={(event) => take(event.currentTarget.value)}
        />
        <fieldset className={css.swatches} aria-label="Colours that most eyes tell apart">
          {PALETTE.map((colour) => (
            <button
              key={colour}
              type="button"
              className={css.swatch}
              style={{ background: colour }}
              aria-label={`Use ${colour}`}
              aria-pressed={colour === tag.color.toUpperCase()}
              onClick={() => take(colour)}
            />
          ))}
        </fieldset>
      </div>
      <fieldset className={css.lines}>
        <legend>Line style</legend>
        {LINE_STYLES.map((pattern) => (
          <label key={pattern} className={css.line}>
            <input
              type="radio"
              name={name}
              aria-label={LINE_WORDS[pattern]}
              checked={tag.pattern === pattern}
              onChange={() => onChange("pattern", { pattern })}
            />
            <span className={`${css.drawn} ${css.sample}`} data-line={pattern}>
              <span>{LINE_WORDS[pattern]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={css.themes}>
        {THEMES.map((theme) => (
          <ThemePreview key={theme} theme={theme} tag={tag} onChange={onChange} />
        ))}
      </div>
      <Sight tag={tag} />
    </div>
  );
}

const WHAT: Readonly<Record<Measure["what"], string>> = {
  text: "Name on its label",
  marked: "Words under two marks",
  line: "Line on the paper",
};

const THEME_WORDS: Readonly<Record<Theme, string>> = { light: "Light", dark: "Dark" };

/** How marked words look by day or by night, whatever the screen is now, and whether they can be read. */
function ThemePreview({ theme, tag, onChange }: { theme: Theme; tag: TagDefinition; onChange: Change }) {
  const base = theme === "light" ? tag.color : tag.dark.line;
  const [r, g, b] = parseColour(base) ?? [0, 0, 0];
  const style = {
    "--paper": GROUNDS[theme].paper,
    "--ink": GROUNDS[theme].ink,
    "--fill": `rgb(${r} ${g} ${b} / ${FILL_ALPHA[theme]})`,
    "--line": tag[theme].line,
    "--label": tag[theme].background,
    "--label-ink": tag[theme].text,
  } as CSSProperties;
  return (
    <section className={css.theme} aria-label={`${THEME_WORDS[theme]} colours`}>
      <p className={css.themeName}>{THEME_WORDS[theme]}</p>
      <p className={css.paper} style={style}>
        We{" "}
        <span className={css.drawn} data-line={tag.pattern}>
          <span>will build hubs</span>
        </span>{" "}
        and{" "}
        <span className={`${css.drawn} ${css.label}`} data-line={tag.pattern}>
          <span>{tag.label || "Tag"}</span>
        </span>
      </p>
      <ul className={css.measures}>
        {measureContrast(tag)
          .filter((measure) => measure.theme === theme)
          .map(({ what, ratio, least }) => (
            <li key={what} data-poor={ratio < least || undefined}>
              {ratio < least ? (
                <IconAlertTriangle size={14} aria-label="Too little:" />
              ) : (
                <IconCheck size={14} aria-label="Enough:" />
              )}
              {WHAT[what]}: {ratio.toFixed(1)} <span className={css.least}>of {least}</span>
            </li>
          ))}
      </ul>
      <TextInput
        size="xs"
        label={`Line by ${theme === "light" ? "day" : "night"}`}
        maxLength={7}
        value={tag[theme].line}
        onChange={(event) =>
          onChange(`${theme} line`, { [theme]: { ...tag[theme], line: event.currentTarget.value } })
        }
      />
    </section>
  );
}

/** What colour-blind eyes see, and which other tags they would take it for. */
function Sight({ tag }: { tag: TagDefinition }) {
  const { state } = useEditing();
  const { codebook } = state;
  const tags = codebook.tags.filter((one) => one.enabled || one.id === tag.id);
  const alike = lookalikes(tags).filter((pair) => pair.tags.includes(tag.id));
  const line = parseColour(tag.light.line);
  return (
    <section className={css.sight} aria-label="Colour blindness">
      <p className={css.themeName}>As others see it</p>
      <ul className={css.eyes}>
        {EYES.map((eyes) => (
          <li key={eyes}>
            <span
              className={css.seen}
              style={{ background: line ? formatColour(seenBy(eyes, line)) : undefined }}
              aria-hidden
            />
            {EYES_WORDS[eyes]}
          </li>
        ))}
      </ul>
      {alike.length === 0 ? (
        <p className={css.fine}>
          <IconCheck size={14} aria-hidden /> No other tag looks like it to any of these eyes.
        </p>
      ) : (
        <ul className={css.measures}>
          {alike.map(({ tags: pair, eyes, theme, byLine }) => {
            const other = pair[0] === tag.id ? pair[1] : pair[0];
            return (
              <li key={other} data-poor={!byLine || undefined}>
                {byLine ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
                <span>
                  {tagLabel(codebook, other)} looks the same ({EYES_WORDS[eyes].toLowerCase()}, {theme}),{" "}
                  {byLine ? "and its line tells them apart." : "and has the same line style."}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
