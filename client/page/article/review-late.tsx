import type { ComponentType } from "react";
import { reviewApi } from "../../api/review.ts";
import { InboxDesk } from "../../feature/review/inbox-desk.ts";
import { InboxPanel } from "../../feature/review/inbox-panel.tsx";
import type { Entry } from "../../feature/review/book.ts";
import { ReviewDesk } from "../../feature/review/desk.ts";
import { MarkReview } from "../../feature/review/mark-review.tsx";
import { QueueAside } from "../../feature/review/queue-aside.tsx";
import { ReviewPanel } from "../../feature/review/review-panel.tsx";
import { signsOf, type Signs } from "../../feature/review/signs.ts";
import { ReviewStore } from "../../feature/review/store.ts";
import type { EdgeStep, Tools } from "../../feature/review/tools.ts";
import { moveEdge, withEdge } from "../../feature/annotate/edges.ts";
import type { Command } from "../../feature/commands/command.ts";
import type { TextRange } from "../../editor/types.ts";
import type { ArticleSession, Readable } from "../../session/contract.ts";
import { markKey } from "#shared/review/mark.ts";
import { derived } from "../../session/derived.ts";
import { reviewRecords } from "../../session/review-feed.ts";
import { announce } from "../../ui/announcer.tsx";
import { notify } from "../../ui/notify.ts";
import { inboxCommands, reviewCommands } from "./review-commands.ts";
import type { Stage } from "./stage.ts";
import type { ReviewMode } from "./review-mode.ts";

/** All of review that is not needed to read the text: fetched a moment later, or when it is wanted. */

export type ReviewCounts = { readonly mail: number };

export type ReviewParts = {
  readonly signs: Readable<Signs>;
  readonly counts: Readable<ReviewCounts>;
  /** Key of the mark before me. */
  readonly current: Readonly<Record<"review" | "inbox", Readable<string | null>>>;
  /** Opens somebody's review; the result leaves it. */
  readonly review: (of: string | null) => () => void;
  /** Opens the author's inbox; the result leaves it. */
  readonly inbox: () => () => void;
  /** A mark was chosen elsewhere. */
  readonly open: (key: string, kind: "review" | "inbox") => void;
  /** Words were selected in the text. */
  readonly onSelection: (range: TextRange | null) => void;
  readonly commands: Readonly<Record<"review" | "inbox", readonly Command[]>>;
  readonly Side: ComponentType<{ readonly kind: "review" | "inbox"; readonly queueBeside: boolean }>;
  readonly Queue: ComponentType;
  readonly Section: ComponentType<{ readonly keys: readonly string[] }>;
  readonly close: () => void;
};

type Ground = {
  readonly session: ArticleSession;
  readonly stage: () => Stage;
  readonly setMode: (mode: ReviewMode | null) => void;
  readonly openThread: (thread: string) => void;
};

/** Words that are suggested for a mark, as editor.css paints them. */
const SUGGESTED = "gloss-suggested";
/** Below this width the panel covers the lower part of the screen. */
const COVERED = "(max-width: 63.99em)";
/** Share of the screen that stays free above it. */
const FREE = 0.34;

export function openReview({ session, stage, setMode, openThread }: Ground): ReviewParts {
  const store = new ReviewStore({
    session,
    api: reviewApi(session.articleId),
    records: reviewRecords(session),
    shelf: localStorage,
    onRefused: (sentence) => notify({ message: sentence, tone: "problem" }),
  });
  const scrollTo = (position: number | undefined) => {
    if (position === undefined) return;
    stage().editor()?.scrollTo(position);
    if (!matchMedia(COVERED).matches) return;
    requestAnimationFrame(() => {
      const line = stage().editor()?.coordsAt(position);
      if (line && line.bottom > innerHeight * FREE) scrollBy({ top: line.top - innerHeight * (FREE / 2) });
    });
  };
  const show = ({ key, placed }: Entry) => {
    stage().choice.open(key);
    scrollTo(placed.placement.pieces[0]?.from);
  };
  const desk = new ReviewDesk({ store, show, say: announce, threads: true });
  const inbox = new InboxDesk({
    store,
    say: announce,
    show: (entry, words) => {
      if (entry) return show(entry);
      stage().choice.close();
      if (!words) return;
      scrollTo(words.from);
      stage().editor()?.paint(SUGGESTED, [words]);
    },
  });

  let submit: (() => void) | null = null;
  const submitRef = (given: (() => void) | null): void => {
    submit = given;
  };
  const textOf = (ranges: readonly TextRange[]) =>
    ranges.map((range) => stage().editor()?.textBetween(range) ?? "").join(" … ");
  const tools: Tools = {
    moveEdge: (ranges, { edge, forward }: EdgeStep) => {
      const outer = edge === "start" ? ranges[0] : ranges.at(-1);
      const moved = outer && moveEdge(outer, { edge, forward, step: "word" }, (range) => textOf([range]));
      return moved ? withEdge(ranges, edge, edge === "start" ? moved.from : moved.to) : null;
    },
    textOf,
    explain: (tag) => stage().view.explain(tag),
    leave: () => {
      setMode(null);
      stage().editor()?.focus();
    },
    review: (author) => setMode({ kind: "review", of: author }),
    openThread,
  };
  const paint = () => stage().editor()?.paint(SUGGESTED, desk.suggestedRanges());
  const stopPainting = desk.state.subscribe(paint);
  const commands = {
    review: reviewCommands({ desk, tools, submit: () => submit?.() }),
    inbox: inboxCommands({ desk: inbox, submit: () => submit?.() }),
  };

  return {
    signs: signsOf(store.view),
    counts: derived(inbox.mail, ({ items }, before?: ReviewCounts) =>
      before?.mail === items.length ? before : { mail: items.length },
    ),
    current: {
      // What is suggested is painted in place of what is there.
      review: derived(desk.state, ({ key, task }) => (task.kind === "suggest" ? null : key)),
      inbox: derived(inbox.state, () => (inbox.item?.mark ? markKey(inbox.item.mark) : null)),
    },
    review: (of) => {
      desk.start({ author: of });
      return () => {
        desk.leave();
        stage().choice.close();
      };
    },
    inbox: () => {
      inbox.start();
      return () => {
        inbox.leave();
        stage().editor()?.paint(SUGGESTED, []);
        stage().choice.close();
      };
    },
    open: (key, kind) => (kind === "review" ? desk.open(key) : inbox.openMark(key)),
    onSelection: (range) => {
      if (range) desk.redraft((draft) => ({ ...draft, ranges: [range] }));
    },
    commands,
    Side: ({ kind, queueBeside }) =>
      kind === "review" ? (
        <ReviewPanel desk={desk} tools={tools} submitRef={submitRef} queueBeside={queueBeside} />
      ) : (
        <InboxPanel desk={inbox} tools={tools} submitRef={submitRef} />
      ),
    Queue: () => <QueueAside desk={desk} />,
    Section: ({ keys }) => <MarkReview store={store} keys={keys} />,
    close: () => {
      stopPainting();
      desk.close();
      inbox.close();
      store.close();
    },
  };
}
