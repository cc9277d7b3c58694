import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import { SIGNS } from "#shared/model/review-sign.ts";
import type { Person } from "#shared/model/snapshot.ts";
import { number } from "../../ui/count.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { ReviewSign, signWords } from "../../ui/review-sign.tsx";
import { TagSwatch, tagOf } from "../../ui/tag-chip.tsx";
import {
  EVERYTHING,
  isEverything,
  STATES,
  toggled,
  type FacetCounts,
  type Filter,
  type MarkState,
} from "./filter.ts";
import css from "./filter-panel.module.css";

const STATE_NAMES: Readonly<Record<MarkState, string>> = {
  whole: "Words as marked",
  changed: "Words changed",
  incomplete: "Incomplete",
  detached: "Words gone",
  document: "On the whole article",
};

/** Which marks are shown: by tag, person and state. Acts at once. */
export function FilterPanel({
  codebook,
  filter,
  counts,
  authors,
  me,
  onChange,
  onExplain,
}: {
  codebook: Codebook;
  filter: Filter;
  counts: FacetCounts;
  authors: readonly Person[];
  me: string;
  onChange: (filter: Filter) => void;
  /** Opens the codebook at a tag. */
  onExplain: (tag: string) => void;
}) {
  const known = activeTags(codebook).map(({ id }) => id);
  const tags = [...known, ...[...counts.tags.keys(), ...filter.tags].filter((tag) => !known.includes(tag))];
  // While nothing is judged, there is nothing to choose between.
  const shownSigns = SIGNS.filter(
    (sign) => sign === "open" || counts.signs.has(sign) || filter.signs.includes(sign),
  );
  return (
    <section className={css.panel} aria-label="Filter">
      <div className={css.head}>
        <h2 className={css.title}>Show</h2>
        <span className={css.shown}>
          {isEverything(filter) ? number(counts.total) : `${number(counts.shown)} of ${number(counts.total)}`}
        </span>
        {!isEverything(filter) && (
          <Button size="compact-xs" variant="light" onClick={() => onChange(EVERYTHING)}>
            Clear
          </Button>
        )}
      </div>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Whose marks"
        value={filter.whose}
        onChange={(value) =>
          onChange({ ...filter, whose: value === "mine" || value === "others" ? value : "all" })
        }
        data={[
          { value: "all", label: "All" },
          { value: "mine", label: "Mine" },
          { value: "others", label: "Others’" },
        ]}
      />
      <Facet title="Tags">
        {[...new Set(tags)].map((id) => {
          const tag = tagOf(codebook, id);
          return (
            <Value
              key={id}
              name={tag?.label ?? id}
              sign={tag && <TagSwatch tag={tag} />}
              count={counts.tags.get(id) ?? 0}
              chosen={filter.tags.includes(id)}
              onToggle={() => onChange(toggled(filter, "tags", id))}
              onExplain={() => onExplain(id)}
            />
          );
        })}
      </Facet>
      {authors.length > 1 && (
        <Facet title="People">
          {authors.map((author) => (
            <Value
              key={author.id}
              name={author.id === me ? `${author.name} (you)` : author.name}
              sign={<PersonAvatar person={author} size={20} silent />}
              count={counts.authors.get(author.id) ?? 0}
              chosen={filter.authors.includes(author.id)}
              onToggle={() => onChange(toggled(filter, "authors", author.id))}
            />
          ))}
        </Facet>
      )}
      <Facet title="State">
        {STATES.map((state) => (
          <Value
            key={state}
            name={STATE_NAMES[state]}
            sign={null}
            count={counts.states.get(state) ?? 0}
            chosen={filter.states.includes(state)}
            onToggle={() => onChange(toggled(filter, "states", state))}
          />
        ))}
      </Facet>
      {shownSigns.length > 1 && (
        <Facet title="Review">
          {shownSigns.map((sign) => (
            <Value
              key={sign}
              name={signWords(sign)}
              sign={<ReviewSign sign={sign} silent />}
              count={counts.signs.get(sign) ?? 0}
              chosen={filter.signs.includes(sign)}
              onToggle={() => onChange(toggled(filter, "signs", sign))}
            />
          ))}
        </Facet>
      )}
    </section>
  );
}

function Facet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={css.facet}>
      <legend className={css.legend}>{title}</legend>
      {children}
    </fieldset>
  );
}

function Value({
  name,
  sign,
  count,
  chosen,
  onToggle,
  onExplain,
}: {
  name: string;
  sign: ReactNode;
  count: number;
  chosen: boolean;
  onToggle: () => void;
  onExplain?: () => void;
}) {
  return (
    <div className={css.value} data-none={(count === 0 && !chosen) || undefined}>
      <label className={css.label}>
        <input type="checkbox" className={css.box} checked={chosen} onChange={onToggle} />
        {sign}
        <span className={css.name}>{name}</span>
        <span className={css.count}>{number(count)}</span>
      </label>
      {onExplain && (
        <ActionIcon size={24} className={css.info} aria-label={`What does ${name} mean?`} onClick={onExplain}>
          <IconInfoCircle size={15} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
