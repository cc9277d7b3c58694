import { memo, useCallback, useState } from "react";
import type { FiltersProps } from "./filters.tsx";
import { lateFilters, lateFiltersDrawer } from "./late-screens.ts";
import css from "./left-panel.module.css";
import type { Screen } from "./use-screen.ts";

type Props = Omit<FiltersProps, "onLeave"> & { readonly screen: Screen };

/** What is shown, how many there are, and the way through the text: beside it, or in a drawer. */
export const LeftPanel = memo(function LeftPanel({
  drawer,
  screen,
  ready,
  ...props
}: Props & { readonly drawer: boolean; readonly ready: boolean }) {
  const { panel, setPanel } = screen;
  const close = useCallback(() => setPanel(false), [setPanel]);
  // From the first time on it stays, to glide away and give the focus back when it is closed.
  const [met, setMet] = useState(false);
  if (drawer && panel && !met) setMet(true);

  if (drawer) {
    return met && <lateFiltersDrawer.Part props={{ ...props, opened: panel, onLeave: close }} />;
  }
  if (!panel) return null;
  return (
    <aside className={css.panel} aria-label="Filters and outline" data-region="panel">
      {/* What it fetches must not compete with the text. */}
      {ready && <lateFilters.Part props={{ ...props, onLeave: stay }} />}
    </aside>
  );
});

/** Beside the text it is in nobody's way. */
function stay(): void {}
