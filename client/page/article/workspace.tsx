import { useCallback, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { activeTags } from "#shared/model/codebook.ts";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import { AccountMenu } from "../../feature/account/account-menu.tsx";
import { TagBar } from "../../feature/annotate/tag-bar.tsx";
import type { Command } from "../../feature/commands/command.ts";
import { withKeys } from "../../feature/commands/key-map.ts";
import { useHints } from "../../feature/commands/use-hints.ts";
import { useKeyMap } from "../../feature/commands/use-key-map.ts";
import { useCommandKeys } from "../../feature/commands/use-command-keys.ts";
import { DeskContext } from "../../feature/margin/actions.ts";
import { JudgingContext } from "../../feature/margin/judged.ts";
import { TalkContext } from "../../feature/margin/talk.ts";
import { NotificationsBell } from "../../feature/notifications/notifications-bell.tsx";
import { Editor } from "../../editor/editor.tsx";
import type { ArticleSession } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { AppHeader } from "../../ui/app-header.tsx";
import { LoadingNote } from "../../ui/loading-note.tsx";
import { KeyHintContext } from "../../ui/key-hint.ts";
import { usePrefetch } from "../../ui/late-part.tsx";
import { usePageTitle } from "../../ui/page-title.ts";
import { useMedia } from "../../ui/use-media.ts";
import { articleCommands } from "./article-commands.ts";
import { ArticleHead } from "./article-head.tsx";
import { TextSkeleton } from "./article-skeleton.tsx";
import { HeaderControls, HeaderLeading, HeaderTrailing } from "./header-parts.tsx";
import { FirstUse, Hints } from "./hints.tsx";
import { LateParts } from "./late-parts.tsx";
import {
  lateCoachMark,
  lateEdgeHandles,
  lateFollowBar,
  lateLabels,
  latePickBar,
  lateSuggest,
  lateToolbar,
  SOON,
} from "./late-screens.ts";
import { LeftPanel } from "./left-panel.tsx";
import { MarksInContext, Overview } from "./overview.tsx";
import { Links } from "./links.tsx";
import { QuickLayer } from "./quick-layer.tsx";
import { ReviewButtons } from "./review-buttons.tsx";
import { RightSide } from "./right-side.tsx";
import { leaveDiscussion, threadCommands } from "./thread-commands.ts";
import { ThreadPart } from "./thread-part.tsx";
import { useReview } from "./use-review.ts";
import { useStage } from "./use-stage.ts";
import { useThreads } from "./use-threads.ts";
import css from "./workspace.module.css";

/** From this width on there is room for the filters beside text and margin; below they come in a drawer. */
const ROOMY = "(min-width: 80em)";
/** Below this width there is no room for a margin: cards come in a sheet. */
const NARROW = "(max-width: 63.99em)";
/** Below this width the header takes two rows. */
const PHONE = "(max-width: 47.99em)";

/** One element for all renders: the header is drawn often, this never changes. */
const ACCOUNT = (
  <>
    <NotificationsBell />
    <AccountMenu />
  </>
);

/** The open article: text, marks, people, and what one can do with them. */
export function Workspace({ session, item }: { session: ArticleSession; item: ArticleItem }) {
  const narrow = useMedia(NARROW);
  const touch = useMedia("(pointer: coarse)");
  const phone = useMedia(PHONE);
  const roomy = useMedia(ROOMY);
  const place = useStage(session, { narrow, roomy, phone });
  const { stage, marks, screen, view, cards, editorRef, onEditor } = place;
  const { choice, pick, tagging, bar, mode, selection, active, editor } = stage;
  const meta = useReadable(session.meta);
  const ready = useReadable(session.ready);
  const coach = useCoach(ready, marks.mine);
  usePageTitle(meta.title);
  usePrefetch(SOON, ready);

  const { people: here, following } = stage;
  const people = useMemo(() => ({ here, following, view: stage.view }), [here, following, stage.view]);
  const isPicking = pick.picking !== null || stage.linkPick.from !== null;
  const isFree = !isPicking && stage.quick.sweep.tag === null;
  const isMovable = stage.canAnnotate && isFree && active?.mine === true;
  const movable = isMovable && active.placement.pieces.length > 0 ? active : null;
  const shape = narrow ? "sheet" : screen.list ? "list" : "margin";
  const threads = useThreads(stage, marks.byKey);
  const { codebook } = session;
  const { setContext } = screen;
  const onContext = useCallback(
    () => setContext(activeTags(codebook)[0]?.id ?? null),
    [codebook, setContext],
  );
  const review = useReview(stage, ready);
  const { side } = review;
  const queueBeside = roomy && side?.kind === "review";
  const keyMap = useKeyMap(session.me.id);
  const [suggesting, setSuggesting] = useState<readonly Command[]>([]);
  const commands = withKeys(
    [
      ...suggesting,
      leaveDiscussion(threads),
      ...review.commands,
      ...articleCommands(stage),
      ...threadCommands(stage, threads),
    ],
    keyMap[0],
  );
  const typing = { singleKeys: screen.singleKeys, editing: mode !== "annotate" };
  // What is typed before the palette is there is meant for it.
  useCommandKeys(commands, { ...typing, singleKeys: typing.singleKeys && !screen.palette });
  const hints = useHints(commands, typing);

  return (
    <KeyHintContext value={hints}>
      <DeskContext value={stage.desk}>
        <TalkContext value={threads.talk}>
          <JudgingContext value={review.judging}>
            <AppHeader
              compact
              leading={<HeaderLeading id={item.id} meta={meta} screen={screen} />}
              controls={
                <>
                  <HeaderControls session={session} mode={mode} phone={phone} people={people} />
                  <ReviewButtons session={session} review={review} />
                </>
              }
              trailing={<HeaderTrailing session={session} phone={phone} people={people} />}
              account={ACCOUNT}
            />
            <div
              className={css.body}
              data-panel={(screen.panel && roomy) || queueBeside || undefined}
              data-review={side !== null || undefined}
            >
              {queueBeside ? (
                <side.Queue />
              ) : (
                <LeftPanel
                  session={session}
                  tally={marks.tally}
                  filter={place.filter}
                  setFilter={place.setFilter}
                  headings={stage.headings}
                  screen={screen}
                  explain={stage.view.explain}
                  drawer={!roomy}
                  ready={ready}
                />
              )}
              <main
                id="main"
                tabIndex={-1}
                data-focus-target
                className={css.main}
                data-list={screen.list || undefined}
              >
                <div className={css.sheet}>
                  {mode === "edit" && place.controls && (
                    <lateToolbar.Part
                      props={{ controls: place.controls }}
                      fallback={<div className={css.toolbar} />}
                    />
                  )}
                  <ArticleHead meta={meta}>
                    {(stage.canAnnotate || marks.shown.whole.length > 0) && (
                      <lateLabels.Part
                        props={{ groups: marks.shown.whole, cards }}
                        fallback={<div className={css.labels} />}
                      />
                    )}
                  </ArticleHead>
                  <FirstUse
                    session={session}
                    hidden={coach.shown || marks.mine > 0 || review.mode !== null}
                  />
                  {!ready && <TextSkeleton />}
                  <div className={css.text} data-region="text">
                    <Editor
                      ref={editorRef}
                      session={session}
                      mode={mode}
                      activeKey={side ? side.current : choice.activeKey}
                      hoverKey={choice.hoverKey}
                      filter={marks.shows}
                      traits={review.traits}
                      cardId={review.cardOf ?? place.cardOf}
                      {...onEditor}
                      onSelection={(range, box) => {
                        onEditor.onSelection?.(range, box);
                        side?.onSelection(range);
                      }}
                    />
                    <Links stage={stage} layout={view.layout} />
                    {movable !== null && (
                      <lateEdgeHandles.Part
                        props={{ session, placed: movable, editor, layout: view.layout }}
                      />
                    )}
                  </div>
                  {ready && (
                    <Hints
                      session={session}
                      total={marks.total}
                      mode={mode}
                      text={editor()?.element() ?? null}
                    />
                  )}
                  {stage.view.minimap === true && <Overview place={place} ready={ready} />}
                </div>
                {/* On a narrow screen the tag bar takes the sheet's place while words are selected. */}
                {side && <side.Side kind={side.kind} queueBeside={queueBeside} />}
                {review.mode !== null && side === null && <LoadingNote>Fetching review</LoadingNote>}
                {review.mode === null && (shape !== "sheet" || !bar.shown) && (
                  <RightSide
                    shape={shape}
                    shown={marks.shown}
                    view={view}
                    hoverKey={choice.hoverKey}
                    editor={editor}
                    cards={cards}
                    choosing={stage.quick.choosing}
                    onChoosing={stage.quick.setChoosing}
                    session={session}
                    listed={screen.list}
                    onListed={screen.setList}
                    onContext={onContext}
                  />
                )}
                {review.mode === null && bar.shown && selection && (
                  <TagBar
                    codebook={session.codebook}
                    range={selection}
                    editor={editor}
                    chosen={tagging.existing()?.annotation.tags ?? []}
                    hint={touch ? "none" : !screen.singleKeys || mode !== "annotate" ? "alt-digit" : "letter"}
                    docked={touch || narrow}
                    locking={stage.quick.sweep.arming}
                    onLock={stage.marking ? stage.quick.sweep.arm : null}
                    onSame={() => {
                      const same = stage.quick.sameSubject();
                      if (same) stage.quick.openDialog({ kind: "same", same });
                    }}
                    onPress={tagging.press}
                    onInfo={() => stage.view.explain(null)}
                    onDone={bar.dismiss}
                  />
                )}
                {isPicking && <latePickBar.Part props={{ pick, linkPick: stage.linkPick }} />}
                <QuickLayer stage={stage} touch={touch} />
              </main>
            </div>
            {coach.shown && (
              <lateCoachMark.Part
                props={{
                  codebook: session.codebook,
                  editor,
                  selecting: selection !== null,
                  layout: view.layout,
                  onDone: coach.done,
                }}
              />
            )}
            {stage.following.person && (
              <lateFollowBar.Part
                props={{ person: stage.following.person, onStop: () => stage.following.follow(null) }}
              />
            )}
            {screen.context !== null && <MarksInContext place={place} tag={screen.context} />}
            <LateParts session={session} screen={screen} commands={commands} keyMap={keyMap} />
            <ThreadPart stage={stage} threads={threads} view={view} narrow={phone} />
            {ready && <lateSuggest.Part props={{ stage, narrow: phone, touch, onCommands: setSuggesting }} />}
          </JudgingContext>
        </TalkContext>
      </DeskContext>
    </KeyHintContext>
  );
}

/** The coach mark is asked for by `?welcome=1` and leaves with my first mark or when it is skipped. */
function useCoach(ready: boolean, mine: number): { readonly shown: boolean; readonly done: () => void } {
  const [params, setParams] = useSearchParams();
  const [over, setOver] = useState(false);
  const asked = params.has("welcome");
  const done = useCallback(() => {
    setOver(true);
    setParams(
      (before) => {
        before.delete("welcome");
        return before;
      },
      { replace: true },
    );
  }, [setParams]);
  return { shown: asked && !over && ready && mine === 0, done };
}
