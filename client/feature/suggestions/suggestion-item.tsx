import { Button, TextInput } from "@mantine/core";
import { useEffect, useState, type FormEvent, type ReactNode } from "react";
import { MOST_REASON, replacedBy } from "#shared/model/suggestion.ts";
import { CLAIM } from "#shared/suggestion/machine.ts";
import { standingNow } from "../../session/suggestion-store.ts";
import { useReadable } from "../../session/use-readable.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { When } from "../../ui/when.tsx";
import type { Deciding } from "./deciding.ts";
import type { SuggestionDesk } from "./desk.ts";
import type { Row } from "./rows.ts";
import css from "./suggestion-item.module.css";

/** One suggested change: who, what before and after, and what can be done about it. */
export function SuggestionItem({
  desk,
  deciding,
  row,
  onShow,
}: {
  desk: SuggestionDesk;
  deciding: Deciding;
  row: Row;
  /** Brings its words into sight; null where they are. */
  onShow: (() => void) | null;
}) {
  const { suggestion, standing, sent } = row;
  const { by, at, status } = suggestion;
  return (
    <div className={css.item}>
      <div className={css.who}>
        <PersonAvatar person={by} size={24} silent />
        <span className={css.name}>{by.id === desk.session.me.id ? `${by.name} (you)` : by.name}</span>
        <When at={at} />
        {onShow && "from" in standing && (
          <Button variant="subtle" size="compact-xs" className={css.show} onClick={onShow}>
            Show in the text
          </Button>
        )}
      </div>
      <Change row={row} />
      {!sent && <p className={css.note}>Kept on this device; it is sent when there is a connection.</p>}
      {status === "open" ? (
        <Open desk={desk} deciding={deciding} row={row} />
      ) : (
        <Decided desk={desk} deciding={deciding} row={row} />
      )}
    </div>
  );
}

/** The words with some around them, struck through and underlined as in the text. */
function Change({ row: { suggestion, standing } }: { row: Row }) {
  const { place, text } = suggestion;
  const around = place.kind === "over" ? place.range.quote : contextOf(place);
  const before = replacedBy(suggestion);
  return (
    <>
      <p className={css.change}>
        <span className={css.around}>{lead(around.prefix)}</span>
        {before !== "" && <del className={css.del}>{before}</del>}
        {text !== "" && <ins className={css.ins}>{text}</ins>}
        <span className={css.around}>{tail(around.suffix)}</span>
      </p>
      {standing.kind === "stale" && (
        <p className={css.note}>
          The words have changed since. They are now: <q>{standing.now}</q>
        </p>
      )}
      {suggestion.status === "open" && standing.kind === "detached" && (
        <p className={css.note}>Its words are gone from the text.</p>
      )}
    </>
  );
}

type Between = Extract<Row["suggestion"]["place"], { readonly kind: "between" }>;

/** What stood around a place when something was to be put there. */
function contextOf({ before, after }: Between): { readonly prefix: string; readonly suffix: string } {
  return {
    prefix: before ? before.quote.prefix + before.quote.exact : "",
    suffix: after ? after.quote.exact + after.quote.suffix : "",
  };
}

/** Most of the words around that are shown, in UTF-16 code units. */
const AROUND = 28;

function lead(text: string): string {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  return line.length > AROUND ? `…${line.slice(-AROUND)}` : line;
}

function tail(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > AROUND ? `${line.slice(0, AROUND)}…` : line;
}

type ActProps = { desk: SuggestionDesk; deciding: Deciding; row: Row };

function Open({ desk, deciding, row }: ActProps) {
  const { suggestion, standing, sent } = row;
  const { id } = suggestion;
  const [rejecting, setRejecting] = useState(false);
  const busy = useReadable(deciding.busy).has(id);
  const mine = suggestion.by.id === desk.session.me.id;
  const mayDecide = desk.mayDecide && sent;
  if (rejecting) {
    return (
      <RejectForm
        busy={busy}
        onReject={(reason) => void deciding.reject(id, reason)}
        onCancel={() => setRejecting(false)}
      />
    );
  }
  return (
    <div className={css.acts}>
      {mayDecide && standing.kind === "fresh" && (
        <Button size="compact-sm" loading={busy} data-first onClick={() => void deciding.accept(id)}>
          Accept
        </Button>
      )}
      {mayDecide && standing.kind === "stale" && (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          data-first
          onClick={() => void deciding.accept(id, standing.now)}
        >
          Replace what is there now
        </Button>
      )}
      {mayDecide && (
        <Button size="compact-sm" variant="default" disabled={busy} onClick={() => setRejecting(true)}>
          Reject
        </Button>
      )}
      {mine && desk.maySuggest && (
        <Button size="compact-sm" variant="subtle" disabled={busy} onClick={() => desk.withdraw(id)}>
          Withdraw
        </Button>
      )}
    </div>
  );
}

function RejectForm({
  busy,
  onReject,
  onCancel,
}: {
  busy: boolean;
  onReject: (reason: string) => void;
  onCancel: () => void;
}) {
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReject(reason.trim());
  };
  return (
    <form className={css.reject} onSubmit={submit}>
      <TextInput
        size="xs"
        label="Why? (optional)"
        maxLength={MOST_REASON}
        value={reason}
        data-autofocus
        ref={focusOnce}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }}
      />
      <div className={css.acts}>
        <Button type="submit" size="compact-sm" color="red" loading={busy}>
          Reject
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function focusOnce(element: HTMLInputElement | null): void {
  element?.focus();
}

const WORDS = { accepted: "Accepted", rejected: "Rejected", withdrawn: "Withdrawn" } as const;

function Decided({ desk, deciding, row: { suggestion } }: ActProps) {
  const { id, status, decided, applied } = suggestion;
  const busy = useReadable(deciding.busy).has(id);
  const unapplied = useUnapplied(suggestion);
  if (status === "open" || !decided) return null;
  return (
    <>
      <p className={css.decided} data-status={status}>
        <strong>{WORDS[status]}</strong> by {decided.by.name}, <When at={decided.at} />
        {decided.reason !== "" && (
          <>
            : <q>{decided.reason}</q>
          </>
        )}
      </p>
      {applied && <TakenBack desk={desk} row={{ suggestion }} />}
      {unapplied && (
        <Unapplied>
          {desk.mayDecide && (
            <div className={css.acts}>
              <Button size="compact-sm" loading={busy} onClick={() => void deciding.accept(id)}>
                Apply
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                disabled={busy}
                onClick={() => void deciding.reject(id, "")}
              >
                Reject
              </Button>
            </div>
          )}
        </Unapplied>
      )}
    </>
  );
}

/** Whether nobody makes the edit of an accepted one any more; becomes true while one looks. */
function useUnapplied(suggestion: Row["suggestion"]): boolean {
  const [late, setLate] = useState(false);
  const { status, applied, claimedAt } = suggestion;
  const waits = status === "accepted" && applied === null;
  const until = (claimedAt ?? 0) + CLAIM;
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setLate(true), Math.max(0, until - Date.now()));
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waits, until]);
  return waits && late;
}

function Unapplied({ children }: { children: ReactNode }) {
  return (
    <>
      <p className={css.note}>It is accepted, but the edit was not made: the page was closed meanwhile.</p>
      {children}
    </>
  );
}

/** Undo brings words back, and never a decision. */
function TakenBack({ desk, row: { suggestion } }: { desk: SuggestionDesk; row: Pick<Row, "suggestion"> }) {
  const { place } = suggestion;
  const back = place.kind === "over" && standingNow(desk.session, place).kind === "fresh";
  return back ? (
    <p className={css.note}>The old words stand in the text again: the edit was undone. It stays decided.</p>
  ) : null;
}
