import { Button } from "@mantine/core";
import css from "./codebook-editor.module.css";
import { useEditing } from "./editing.ts";
import { saveFile } from "./save-file.ts";

/** Somebody else saved the same entries: what now? Nothing is lost either way. */
export function ClashNote() {
  const { state, store } = useEditing();
  const { saving, codebook } = state;
  if (saving.kind !== "clash") return null;
  const who = saving.by ?? "Somebody";
  const names = saving.conflicts.map(({ label }) => label).join(", ");
  return (
    <section className={css.clash} role="alert" aria-label="Two drafts">
      <p>
        {saving.gone
          ? `${who} published or discarded the draft that you were changing. Your changes are kept on this page.`
          : `${who} has changed the same as you: ${names}. Your changes are kept on this page.`}
      </p>
      <div className={css.buttons}>
        <Button size="compact-md" onClick={() => void store.keepMine()}>
          {saving.gone ? "Begin a new draft with mine" : "Put mine on top"}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => store.takeTheirs()}>
          {saving.gone ? "Go on without mine" : "Take theirs"}
        </Button>
        <Button
          size="compact-md"
          variant="subtle"
          onClick={() => saveFile(`${codebook.id}-my-draft.json`, codebook)}
        >
          Save mine as a file
        </Button>
      </div>
    </section>
  );
}
