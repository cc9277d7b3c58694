import type { ReactNode } from "react";
import type { Filter } from "../../feature/filters/filter.ts";
import { FilterPanel } from "../../feature/filters/filter-panel.tsx";
import { Numbers } from "../../feature/filters/numbers.tsx";
import { Outline, type Heading } from "../../feature/filters/outline.tsx";
import type { ArticleSession } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { count } from "../../ui/count.ts";
import css from "./filters.module.css";
import type { Tally } from "./use-marks.ts";

export type FiltersProps = {
  readonly session: ArticleSession;
  readonly tally: Tally;
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
  readonly headings: readonly Heading[];
  readonly explain: (tag: string) => void;
  /** The way leads away from here, to the text or to the codebook. */
  readonly onLeave: () => void;
};

/** What is shown, how many there are, and the way through the text. */
export function Filters(props: FiltersProps) {
  const { session, tally, filter, setFilter, headings, explain, onLeave } = props;
  const codebook = useReadable(session.codebookNow);
  return (
    <div className={css.content}>
      <FilterPanel
        codebook={codebook}
        filter={filter}
        counts={tally.facets}
        authors={tally.authors}
        me={session.me.id}
        onChange={setFilter}
        onExplain={(tag) => {
          onLeave();
          explain(tag);
        }}
      />
      {tally.unreadable > 0 && (
        <p className={css.aside}>
          {count(tally.unreadable, "record")} in the layers cannot be read. They are kept and not shown.
        </p>
      )}
      <Part title="Numbers">
        <Numbers codebook={codebook} counts={tally.counts} />
      </Part>
      <Part title="Outline">
        <Outline
          headings={headings}
          onGo={({ element }) => {
            onLeave();
            element.scrollIntoView({ block: "start" });
          }}
        />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className={css.part} open>
      <summary className={css.title}>{title}</summary>
      {children}
    </details>
  );
}
