import { act, useEffect } from "react";
import { articleCommands } from "../../../client/page/article/article-commands.ts";
import { useStage, type Place } from "../../../client/page/article/use-stage.ts";
import { useCommandKeys } from "../../../client/feature/commands/use-command-keys.ts";
import { afterPaint } from "../../../client/session/frame.ts";
import { Announcer } from "../../../client/ui/announcer.tsx";
import type { FakeSession } from "../fake-session.ts";
import { fakeEditor, key, one, show } from "./show.tsx";

/** The whole workspace but for its looks: keys in, marks out. */
export async function openStage(session: FakeSession) {
  const editor = fakeEditor(session.text);
  let place: Place | null = null;
  function Stage() {
    const now = useStage(session, { narrow: false, roomy: true, phone: false });
    const { editorRef } = now;
    place = now;
    useEffect(() => {
      if (typeof editorRef === "function") editorRef(editor);
    }, [editorRef]);
    useCommandKeys(articleCommands(now.stage), { singleKeys: true, editing: now.stage.mode === "edit" });
    return <div className="gloss-text" contentEditable suppressContentEditableWarning />;
  }
  await show(
    <>
      <Stage />
      <Announcer />
    </>,
  );
  const at = (): Place => {
    if (!place) throw new Error("not rendered");
    return place;
  };
  return {
    session,
    editor,
    at,
    stage: () => at().stage,
    press: (name: string, more: KeyboardEventInit = {}) =>
      key(one(".gloss-text"), name, {
        code: /^[a-z]$/.test(name) ? `Key${name.toUpperCase()}` : name,
        ...more,
      }),
    select: (from: number, to: number) =>
      act(async () => {
        editor.selection = from === to ? null : { from, to };
        at().onEditor.onSelection?.(editor.selection, null);
      }),
    clickMarks: (...keys: string[]) =>
      act(async () => at().onEditor.onMarkClick?.(keys, editor.coordsAt(0) ?? never(), false)),
    /** Until what is on the screen has been followed by all that comes after it. */
    rest: () => act(async () => new Promise<void>((done) => void afterPaint(done))),
    tags: () => session.markup.get().placed.map(({ annotation }) => annotation.tags.join("+")),
    said: () => one("output").textContent,
  };
}

function never(): never {
  throw new Error("unreachable");
}
