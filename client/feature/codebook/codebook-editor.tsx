import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconDotsVertical,
  IconDownload,
  IconTrash,
  IconUpload,
} from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useSearchParams } from "react-router";
import { readCodebookFile } from "#shared/codebook/draft.ts";
import { draftMistakes } from "#shared/codebook/mistakes.ts";
import { withoutStep, withStep } from "#shared/codebook/plan.ts";
import type { CodebookDraft } from "../../api/codebook-work.ts";
import { call } from "../../api/client.ts";
import { announce } from "../../ui/announcer.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { notify, notifyProblem } from "../../ui/notify.ts";
import { usePageTitle } from "../../ui/page-title.ts";
import { AttributeForm } from "./attribute-form.tsx";
import { ClashNote } from "./clash-note.tsx";
import css from "./codebook-editor.module.css";
import { DraftPill } from "./draft-pill.tsx";
import { DraftStore } from "./draft-store.ts";
import {
  EditingContext,
  placeFromText,
  placeToText,
  useEditing,
  type Editing,
  type EditorPlace,
} from "./editing.ts";
import { EditorOutline } from "./editor-outline.tsx";
import { entriesOf, type ListPart } from "./entries.ts";
import { MistakeList } from "./mistake-list.tsx";
import { PublishView } from "./publish-view.tsx";
import { RulingsWaiting } from "./rulings-waiting.tsx";
import { saveFile } from "./save-file.ts";
import { AboutForm, CheckForm, GroupForm, LinkForm, RuleForm } from "./small-forms.tsx";
import { TAKEN_KEYS } from "./taken-keys.ts";
import { TagForm } from "./tag-form.tsx";
import { VersionList } from "./version-list.tsx";

const SERVER = {
  load: () => call("getCodebookDraft"),
  save: (body: Parameters<typeof call<"saveCodebookDraft">>[1]["body"]) =>
    call("saveCodebookDraft", { body }),
  discard: (revision: number) => call("discardCodebookDraft", { query: { revision } }),
};

/** The editor of the codebook for owners: one draft, saved as it is changed. */
export function CodebookEditor({ draft }: { draft: CodebookDraft }) {
  usePageTitle("Codebook");
  const [store] = useState(
    () =>
      new DraftStore(draft, SERVER, (by) =>
        notify({ message: `${by} is changing this draft too: both changes are in it.` }),
      ),
  );
  const state = useSyncExternalStore(store.subscribe, store.get);
  const [params, setParams] = useSearchParams();
  const place = placeFromText(params.get("at"));
  useUnsavedWarning(store);

  const go = useCallback(
    (next: EditorPlace | null) => {
      const text = placeToText(next);
      setParams(text === null ? {} : { at: text });
    },
    [setParams],
  );
  const { codebook, plan } = state;
  const mistakes = useMemo(() => draftMistakes(codebook, TAKEN_KEYS), [codebook]);
  const editing = useMemo<Editing>(
    () => ({
      store,
      state,
      mistakes,
      place,
      go,
      change: (key, change) =>
        store.change(key, (content) => ({ ...content, codebook: change(content.codebook) })),
      plan: (step) => store.change("plan", (content) => ({ ...content, plan: withStep(content.plan, step) })),
      unplan: (subject) =>
        store.change("plan", (content) => ({ ...content, plan: withoutStep(content.plan, subject) })),
    }),
    // The place is made anew with each address.
    // oxlint-disable-next-line react/exhaustive-deps
    [store, state, mistakes, params, go],
  );
  const main = useRef<HTMLElement>(null);
  useUndoKeys(main, store);
  const open = useStartInSight(params.get("at"));

  return (
    <EditingContext value={editing}>
      <main id="main" tabIndex={-1} data-focus-target className={css.page} ref={main}>
        <Head planned={plan.length} />
        <ClashNote />
        <RulingsWaiting />
        <MistakeList />
        <div className={css.columns} data-open={place !== null || undefined}>
          <div className={css.side}>
            <EditorOutline />
          </div>
          <div className={css.main} ref={open}>
            {place !== null && (
              <Button
                className={css.back}
                variant="subtle"
                size="compact-sm"
                leftSection={<IconArrowLeft size={16} aria-hidden />}
                onClick={() => go(null)}
              >
                All parts
              </Button>
            )}
            <Open place={place ?? { kind: "about" }} />
          </div>
        </div>
      </main>
    </EditingContext>
  );
}

function Open({ place }: { place: EditorPlace }) {
  const { state } = useEditing();
  switch (place.kind) {
    case "about":
      return (
        <div className={css.form}>
          <h2 className={css.formTitle}>About this codebook</h2>
          <AboutForm />
        </div>
      );
    case "publish":
      return <PublishView />;
    case "versions":
      return <VersionList />;
    case "entry": {
      const at = entriesOf(state.codebook, place.part).findIndex(({ id }) => id === place.id);
      if (at < 0) return <p className={css.gone}>This is not in the codebook (any more).</p>;
      return <EntryOf key={`${place.part} ${place.id}`} part={place.part} at={at} />;
    }
  }
}

function EntryOf({ part, at }: { part: ListPart; at: number }) {
  switch (part) {
    case "tags":
      return <TagForm at={at} />;
    case "attributes":
      return <AttributeForm at={at} />;
    case "relations":
      return <LinkForm at={at} />;
    case "checks":
      return <CheckForm at={at} />;
    case "rules":
      return <RuleForm at={at} />;
    case "groups":
      return <GroupForm at={at} />;
  }
}

function Head({ planned }: { planned: number }) {
  const { state, store, go } = useEditing();
  return (
    <div className={css.head}>
      <div className={css.heading}>
        <h1 className={css.title}>Codebook</h1>
        <DraftPill />
      </div>
      <div className={css.buttons}>
        <Tooltip label="Undo">
          <ActionIcon aria-label="Undo" disabled={!state.canUndo} onClick={() => store.undo()}>
            <IconArrowBackUp size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Redo">
          <ActionIcon aria-label="Redo" disabled={!state.canRedo} onClick={() => store.redo()}>
            <IconArrowForwardUp size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <MoreMenu />
        <Button onClick={() => go({ kind: "publish" })}>
          {planned > 0 ? "Publish, with changes of marks …" : "Publish …"}
        </Button>
      </div>
    </div>
  );
}

function MoreMenu() {
  const { state, store } = useEditing();
  const file = useRef<HTMLInputElement>(null);
  const [discarding, setDiscarding] = useState(false);
  const [busy, setBusy] = useState(false);
  const { codebook } = state;

  const importFile = async (chosen: File) => {
    const { codebook: read, mistakes } = readCodebookFile(await chosen.text());
    if (!read) {
      notify({ message: `${chosen.name} is no codebook. ${mistakes[0] ?? ""}`, tone: "problem" });
      return;
    }
    store.change("import", (content) => ({
      ...content,
      codebook: { ...read, version: content.codebook.version },
    }));
    notify({
      message: `${read.title} is the draft now.`,
      action: { label: "Undo", run: () => store.undo() },
    });
  };
  const discard = async () => {
    setBusy(true);
    try {
      await store.discard();
      notify({ message: "Draft discarded.", action: { label: "Undo", run: () => store.undo() } });
    } catch (error) {
      if (error instanceof Error) notifyProblem(error);
    }
    setBusy(false);
    setDiscarding(false);
  };

  return (
    <>
      <Menu position="bottom-end" width={232} returnFocus>
        <Menu.Target>
          <ActionIcon aria-label="More">
            <IconDotsVertical size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => saveFile(`${codebook.id}-draft.json`, codebook)}
          >
            Export this draft
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={18} aria-hidden />} onClick={() => file.current?.click()}>
            Import a file …
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={18} aria-hidden />}
            disabled={!state.begun}
            onClick={() => setDiscarding(true)}
          >
            Discard the draft …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={file}
        type="file"
        hidden
        aria-label="Codebook file"
        accept=".json,application/json"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (chosen) void importFile(chosen);
        }}
      />
      {discarding && (
        <ConfirmDialog
          title="Discard the draft?"
          action="Discard"
          busy={busy}
          onClose={() => setDiscarding(false)}
          onConfirm={() => void discard()}
        >
          It is gone for all owners, and the editor shows the codebook in force again. Here you can still undo
          it until you leave the page.
        </ConfirmDialog>
      )}
    </>
  );
}

/** Undo and redo by keys work on the draft as a whole, also while a field has the focus. */
function useUndoKeys(main: React.RefObject<HTMLElement | null>, store: DraftStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (!mod || event.altKey || event.isComposing) return;
      if (
        event.target instanceof Node &&
        event.target !== document.body &&
        !main.current?.contains(event.target)
      )
        return;
      const key = event.key.toLowerCase();
      const back = key === "z" && !event.shiftKey;
      const forth = key === "y" || (key === "z" && event.shiftKey);
      if (!back && !forth) return;
      event.preventDefault();
      const { canUndo, canRedo } = store.get();
      if (back && canUndo) {
        store.undo();
        announce("Undone");
      }
      if (forth && canRedo) {
        store.redo();
        announce("Redone");
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [main, store]);
}

/** What is opened is read from its beginning, however far down the one before was read. */
function useStartInSight(place: string | null): React.RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    const { current } = element;
    const margin = current ? Number.parseFloat(getComputedStyle(current).scrollMarginTop) : 0;
    if (current && current.getBoundingClientRect().top < margin) current.scrollIntoView({ block: "start" });
  }, [place]);
  return element;
}

function useUnsavedWarning(store: DraftStore): void {
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!store.unsaved) return;
      void store.flush();
      event.preventDefault();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      void store.flush();
    };
  }, [store]);
}
