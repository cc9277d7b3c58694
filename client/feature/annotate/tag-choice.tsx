import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./tag-choice.module.css";

/** Tags to choose some of, or one where the codebook allows one a span. */
export function TagChoice({
  codebook,
  label,
  chosen,
  onChange,
}: {
  codebook: Codebook;
  label: string;
  chosen: readonly string[];
  onChange: (tags: readonly string[]) => void;
}) {
  const exclusive = codebook.tagMode.default === "exclusive";
  const toggle = (tag: string) => {
    const without = chosen.filter((other) => other !== tag);
    if (chosen.includes(tag)) onChange(without);
    else onChange(exclusive ? [tag] : [...without, tag]);
  };
  return (
    <fieldset className={css.tags} aria-label={label}>
      {activeTags(codebook).map((tag) => (
        <button
          key={tag.id}
          type="button"
          className={css.tag}
          aria-pressed={chosen.includes(tag.id)}
          onClick={() => toggle(tag.id)}
        >
          <TagChip codebook={codebook} id={tag.id} />
        </button>
      ))}
    </fieldset>
  );
}
