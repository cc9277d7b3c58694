import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { FilterPanel } from "../../feature/filters/filter-panel.tsx";
import { Numbers } from "../../feature/filters/numbers.tsx";
import { Outline } from "../../feature/filters/outline.tsx";
import { count } from "../../ui/count.ts";
import css from "./left-panel.module.css";
import type { Stage } from "./stage.ts";
import type { Marks } from "./use-marks.ts";
import type { Screen } from "./use-screen.ts";

type Props = { readonly stage: Stage; readonly marks: Marks; readonly screen: Screen };

/** What is shown, how many there are, and the way through the text: beside it, or in a drawer. */
export function LeftPanel({ narrow, ...props }: Props & { readonly narrow: boolean }) {
  const { screen } = props;
  if (narrow) {
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
}

function Content({ stage, marks, onLeave }: Props & { readonly onLeave: () => void }) {
  const { session, headings } = stage;
  return (
    <div className={css.content}>
      <FilterPanel
        codebook={session.codebook}
        filter={marks.filter}
        counts={marks.facets}
        authors={marks.authors}
        me={session.me.id}
        onChange={marks.setFilter}
      />
      {marks.unreadable > 0 && (
        <p className={css.aside}>
          {count(marks.unreadable, "record")} in the layers cannot be read. They are kept and not shown.
        </p>
      )}
      <Part title="Numbers">
        <Numbers codebook={session.codebook} counts={marks.counts} />
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
