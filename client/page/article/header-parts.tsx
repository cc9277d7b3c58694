import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBook2,
  IconKeyboard,
  IconLayoutSidebar,
  IconListDetails,
  IconShare2,
} from "@tabler/icons-react";
import { memo } from "react";
import type { ArticleMeta } from "#shared/model/snapshot.ts";
import type { PersonHere } from "../../feature/people/gather.ts";
import { Here } from "../../feature/people/here.tsx";
import type { Following } from "../../feature/people/use-follow.ts";
import type { EditorMode } from "../../editor/types.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { useNameWithKeys } from "../../ui/key-hint.ts";
import { useReadable } from "../../session/use-readable.ts";
import css from "./header-parts.module.css";
import { SavePill } from "./save-pill.tsx";
import type { View } from "./stage.ts";
import { TalkToggle } from "./talk-toggle.tsx";
import { TitleField } from "./title-field.tsx";
import type { Screen } from "./use-screen.ts";

type Common = {
  readonly session: ArticleSession;
  /** Little room: people and help move to the second row. */
  readonly phone: boolean;
  readonly people: PeopleProps;
};

/** Who is here, and where the codebook and the keys are. */
type PeopleProps = {
  readonly here: readonly PersonHere[];
  readonly following: Following;
  readonly view: View;
};

/** The left end of the header: the panel's button and the title. */
export const HeaderLeading = memo(function HeaderLeading({
  id,
  meta,
  screen,
}: {
  id: string;
  meta: ArticleMeta;
  screen: Screen;
}) {
  const named = useNameWithKeys();
  return (
    <>
      <Tooltip label={named("Filters and outline", "panel")}>
        <ActionIcon
          aria-label="Filters and outline"
          aria-pressed={screen.panel}
          onClick={() => screen.setPanel(!screen.panel)}
        >
          <IconLayoutSidebar size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <TitleField id={id} title={meta.title} archived={meta.archived} />
    </>
  );
});

const MODES = [
  { value: "annotate", label: "Annotate" },
  { value: "suggest", label: "Suggest" },
  { value: "edit", label: "Edit" },
] as const;

/** The middle: what a key does in the text, undo and redo. */
export const HeaderControls = memo(function HeaderControls({
  session,
  mode,
  phone,
  people,
}: Common & { readonly mode: EditorMode }) {
  const canEditText = useReadable(session.canEditText);
  const canAnnotate = useReadable(session.canAnnotate);
  const { canUndo, canRedo } = useReadable(session.history);
  const named = useNameWithKeys();
  return (
    <>
      {canAnnotate && (
        <SegmentedControl
          size="xs"
          aria-label="What keys do in the text"
          value={mode}
          onChange={(value) =>
            people.view.setMode(MODES.find((one) => one.value === value)?.value ?? "annotate")
          }
          data={canEditText ? [...MODES] : MODES.slice(0, 2)}
        />
      )}
      <div className={css.pair} hidden={!canEditText && !canAnnotate}>
        <Tooltip label={named("Undo", "undo")}>
          <ActionIcon aria-label="Undo" disabled={!canUndo} onClick={() => session.undo()}>
            <IconArrowBackUp size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={named("Redo", "redo")}>
          <ActionIcon aria-label="Redo" disabled={!canRedo} onClick={() => session.redo()}>
            <IconArrowForwardUp size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {phone && (
        <div className={css.end}>
          <PeopleAndHelp session={session} {...people} />
        </div>
      )}
    </>
  );
});

/** The right end: whether my work is safe, who is here, help and sharing. */
export const HeaderTrailing = memo(function HeaderTrailing({ session, phone, people }: Common) {
  const { view } = people;
  return (
    <>
      <SavePill session={session} />
      {phone ? (
        <ActionIcon variant="filled" color="ink" aria-label="Share" onClick={view.share}>
          <IconShare2 size={18} aria-hidden />
        </ActionIcon>
      ) : (
        <>
          <PeopleAndHelp session={session} {...people} />
          <Button size="xs" leftSection={<IconShare2 size={16} aria-hidden />} onClick={view.share}>
            Share
          </Button>
        </>
      )}
    </>
  );
});

function PeopleAndHelp({
  session,
  here,
  following,
  view,
}: PeopleProps & { readonly session: ArticleSession }) {
  const quiet = useReadable(session.quiet);
  const named = useNameWithKeys();
  return (
    <>
      <Here
        people={here}
        following={following.person?.id ?? null}
        quiet={quiet}
        onFollow={following.follow}
        onQuiet={(on) => session.setQuiet(on)}
      />
      <div className={css.pair}>
        <Tooltip label={named("All annotations as a list", "list")}>
          <ActionIcon
            aria-label="All annotations as a list"
            aria-pressed={view.list}
            onClick={view.toggleList}
          >
            <IconListDetails size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <TalkToggle />
        <Tooltip label={named("Codebook: what the tags mean", "codebook")}>
          <ActionIcon
            aria-label="Codebook: what the tags mean"
            aria-pressed={view.codebookOpen}
            onClick={() => (view.codebookOpen ? view.closeCodebook() : view.explain(null))}
          >
            <IconBook2 size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={named("Keys", "keys")}>
          <ActionIcon aria-label="Keys" className={css.keys} onClick={view.openKeys}>
            <IconKeyboard size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </>
  );
}
