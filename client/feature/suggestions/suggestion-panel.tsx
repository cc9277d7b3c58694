import { Button, Progress as Bar } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useReadable } from "../../session/use-readable.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { count } from "../../ui/count.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterPills } from "../../ui/filter-pills.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import type { Deciding } from "./deciding.ts";
import type { SuggestionDesk } from "./desk.ts";
import { SuggestionItem } from "./suggestion-item.tsx";
import css from "./suggestion-panel.module.css";
import { Unsent } from "./unsent.tsx";

const FILTERS = ["open", "decided"] as const;
type Filter = (typeof FILTERS)[number];
const NAMES: Readonly<Record<Filter, string>> = { open: "Open", decided: "Decided" };

/** Most rows drawn at once; the others come when they are asked for. */
const PAGE = 100;

/** All suggested changes of the article beside the text. */
export function SuggestionPanel({
  desk,
  deciding,
  howTo,
  onShow,
}: {
  desk: SuggestionDesk;
  deciding: Deciding;
  /** How one suggests something, for when there is nothing yet. */
  howTo: string;
  /** Brings one into sight. */
  onShow: (id: string) => void;
}) {
  const panel = useRef<HTMLElement>(null);
  const { rows, unreadable, activeId } = useReadable(desk.state);
  const { waiting, trouble } = useReadable(desk.outbox.state);
  const [filter, setFilter] = useState<Filter>("open");
  const [most, setMost] = useState(PAGE);
  const mayDecide = useReadable(desk.session.canEditText);
  const of = (one: Filter) =>
    one === "open"
      ? rows.filter(({ suggestion }) => suggestion.status === "open")
      : rows
          .filter(({ suggestion }) => suggestion.status !== "open")
          .toSorted((a, b) => (b.suggestion.decided?.at ?? 0) - (a.suggestion.decided?.at ?? 0));
  const found = of(filter);
  const close = () => desk.list(false);

  // What was pressed goes with the suggestion that it decided.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus();
  }, [rows]);

  return (
    <SidePanel
      panel={panel}
      label="Suggested changes"
      region="suggestions"
      title="Suggested changes"
      closeLabel="Close the suggested changes"
      onClose={close}
      onEscape={close}
    >
      <FilterPills
        legend="Which suggestions"
        pills={FILTERS.map((value) => ({ value, label: NAMES[value], count: of(value).length }))}
        chosen={filter}
        onChoose={setFilter}
      />
      {trouble !== null && waiting.length > 0 && (
        <output className={css.trouble}>
          {count(waiting.length, "change")} of yours kept on this device. {trouble}
        </output>
      )}
      <Unsent desk={desk} />
      {filter === "open" && mayDecide && <Many desk={desk} deciding={deciding} />}
      {found.length === 0 ? (
        <EmptyState title={filter === "open" ? "Nothing is suggested now" : "Nothing is decided yet"}>
          {filter === "open" ? howTo : "What is accepted, rejected or withdrawn is listed here."}
        </EmptyState>
      ) : (
        <ol className={css.list} aria-label={`${NAMES[filter]} suggestions`}>
          {found.slice(0, most).map((row) => (
            <li key={row.suggestion.id} data-active={row.suggestion.id === activeId || undefined}>
              <SuggestionItem
                desk={desk}
                deciding={deciding}
                row={row}
                onShow={() => onShow(row.suggestion.id)}
              />
            </li>
          ))}
        </ol>
      )}
      {found.length > most && (
        <Button variant="default" size="compact-sm" onClick={() => setMost(most + PAGE)}>
          Show more of {found.length}
        </Button>
      )}
      {filter === "decided" && found.some(({ suggestion }) => suggestion.applied !== null) && (
        <p className={css.foot}>Undo brings the old words back; a suggestion stays decided.</p>
      )}
      {unreadable > 0 && (
        <p className={css.foot}>
          {count(unreadable, "record")} could not be read. They are kept, and not shown.
        </p>
      )}
    </SidePanel>
  );
}

/** Accepting or rejecting all that is open, asked once and stopped at any moment. */
function Many({ desk, deciding }: { desk: SuggestionDesk; deciding: Deciding }) {
  const [asked, setAsked] = useState<"accept" | "reject" | null>(null);
  const progress = useReadable(deciding.progress);
  const { rows } = useReadable(desk.state);
  const open = rows.filter(({ suggestion, sent }) => suggestion.status === "open" && sent);
  const fresh = open.filter(({ standing }) => standing.kind === "fresh").length;
  if (progress) {
    const doing = progress.act === "accept" ? "Accepting" : "Rejecting";
    return (
      <div className={css.many}>
        <Bar
          value={(100 * progress.done) / progress.of}
          aria-label={`${doing} all suggestions`}
          className={css.bar}
        />
        <span className={css.count}>
          {progress.done} of {progress.of}
        </span>
        <Button size="compact-sm" variant="default" onClick={deciding.stop}>
          Stop
        </Button>
      </div>
    );
  }
  if (open.length < 2) return null;
  return (
    <div className={css.many}>
      <Button size="compact-sm" variant="default" disabled={fresh === 0} onClick={() => setAsked("accept")}>
        Accept all
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAsked("reject")}>
        Reject all
      </Button>
      {asked === "accept" && (
        <ConfirmDialog
          title={`Accept ${count(fresh, "suggestion")}?`}
          action="Accept all"
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            void deciding.acceptAll();
          }}
        >
          Each becomes an edit of yours that can be undone by itself.
          {fresh < open.length &&
            ` ${count(open.length - fresh, "suggestion")} whose words have changed since stay open.`}
        </ConfirmDialog>
      )}
      {asked === "reject" && (
        <ConfirmDialog
          title={`Reject ${count(open.length, "suggestion")}?`}
          action="Reject all"
          onClose={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            void deciding.rejectAll();
          }}
        >
          The text stays as it is. They stay listed as rejected by you; this cannot be undone.
        </ConfirmDialog>
      )}
    </div>
  );
}
