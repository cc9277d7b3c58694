import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBook2,
  IconKeyboard,
  IconLayoutSidebar,
  IconShare2,
} from "@tabler/icons-react";
import type { ArticleMeta } from "#shared/model/snapshot.ts";
import { Here } from "../../feature/people/here.tsx";
import { useReadable } from "../../session/use-readable.ts";
import css from "./header-parts.module.css";
import { SavePill } from "./save-pill.tsx";
import type { Stage } from "./stage.ts";
import { TitleField } from "./title-field.tsx";
import type { Screen } from "./use-screen.ts";

type Parts = {
  readonly stage: Stage;
  readonly screen: Screen;
  /** Little room: people and help move to the second row. */
  readonly phone: boolean;
};

/** The left end of the header: the panel's button and the title. */
export function HeaderLeading({ id, meta, screen }: { id: string; meta: ArticleMeta; screen: Screen }) {
  return (
    <>
      <Tooltip label="Filters and outline">
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
}

/** The middle: what a key does in the text, undo and redo. */
export function HeaderControls({ stage, screen, phone }: Parts) {
  const { session, mode, canEditText } = stage;
  const { canUndo, canRedo } = useReadable(session.history);
  return (
    <>
      {canEditText && (
        <SegmentedControl
          size="xs"
          aria-label="What keys do in the text"
          value={mode}
          onChange={(value) => screen.setMode(value === "edit" ? "edit" : "annotate")}
          data={[
            { value: "annotate", label: "Annotate" },
            { value: "edit", label: "Edit" },
          ]}
        />
      )}
      <div className={css.pair}>
        <Tooltip label="Undo">
          <ActionIcon aria-label="Undo" disabled={!canUndo} onClick={() => session.undo()}>
            <IconArrowBackUp size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Redo">
          <ActionIcon aria-label="Redo" disabled={!canRedo} onClick={() => session.redo()}>
            <IconArrowForwardUp size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {phone && (
        <div className={css.end}>
          <PeopleAndHelp stage={stage} screen={screen} />
        </div>
      )}
    </>
  );
}

/** The right end: whether my work is safe, who is here, help and sharing. */
export function HeaderTrailing({ stage, screen, phone }: Parts) {
  const { session, view } = stage;
  return (
    <>
      <SavePill session={session} />
      {phone ? (
        <ActionIcon variant="filled" color="ink" aria-label="Share" onClick={view.share}>
          <IconShare2 size={18} aria-hidden />
        </ActionIcon>
      ) : (
        <>
          <PeopleAndHelp stage={stage} screen={screen} />
          <Button size="xs" leftSection={<IconShare2 size={16} aria-hidden />} onClick={view.share}>
            Share
          </Button>
        </>
      )}
    </>
  );
}

function PeopleAndHelp({ stage, screen }: Omit<Parts, "phone">) {
  const { session, people, following, view } = stage;
  const quiet = useReadable(session.quiet);
  return (
    <>
      <Here
        people={people}
        following={following.person?.id ?? null}
        quiet={quiet}
        onFollow={following.follow}
        onQuiet={(on) => session.setQuiet(on)}
      />
      <div className={css.pair}>
        <Tooltip label="Codebook: what the tags mean">
          <ActionIcon
            aria-label="Codebook: what the tags mean"
            aria-pressed={screen.codebook !== null}
            onClick={() => (screen.codebook === null ? view.explain(null) : view.closeCodebook())}
          >
            <IconBook2 size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Keys (?)">
          <ActionIcon aria-label="Keys" className={css.keys} onClick={view.openKeys}>
            <IconKeyboard size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </>
  );
}
