import { Drawer } from "@mantine/core";
import { memo, type ReactNode } from "react";
import type { Filter } from "../../feature/filters/filter.ts";
import { FilterPanel } from "../../feature/filters/filter-panel.tsx";
import { Numbers } from "../../feature/filters/numbers.tsx";
import { Outline, type Heading } from "../../feature/filters/outline.tsx";
import type { ArticleSession } from "../../session/contract.ts";
import { count } from "../../ui/count.ts";
import css from "./left-panel.module.css";
import type { Tally } from "./use-marks.ts";
import type { Screen } from "./use-screen.ts";

type Props = {
  readonly session: ArticleSession;
  readonly tally: Tally;
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
  readonly headings: readonly Heading[];
  readonly screen: Screen;
  readonly explain: (tag: string) => void;
};

/** What is shown, how many there are, and the way through the text: beside it, or in a drawer. */
export const LeftPanel = memo(function LeftPanel({ drawer, ...props }: Props & { readonly drawer: boolean }) {
  const { screen } = props;
  if (drawer) {
    return (
      <Drawer
        opened={screen.panel}
        onClose={() => screen.setPanel(false)}
        size={320}
        title="Filters and outline"
        closeButtonProps={{ "aria-label": "Close filters and outline" }}
      >
        <Content {...props} onLeave={() => screen.setPanel(false)} />
      </Drawer>
    );
  }
  if (!screen.panel) return null;
  return (
    <aside className={css.panel} aria-label="Filters and outline" data-region="panel">
      <Content {...props} onLeave={() => {}} />
    </aside>
  );
});

function Content(props: Omit<Props, "screen"> & { readonly onLeave: () => void }) {
  const { session, tally, filter, setFilter, headings, explain, onLeave } = props;
  return (
    <div className={css.content}>
      <FilterPanel
        codebook={session.codebook}
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
        <Numbers codebook={session.codebook} counts={tally.counts} />
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
