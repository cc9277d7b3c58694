// @vitest-environment jsdom
import { ySyncPlugin, ySyncPluginKey } from "y-prosemirror";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { watchdog } from "../../../client/editor/watchdog.ts";
import { textUpdate } from "#shared/doc/seed.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import { paragraphs, view } from "./documents.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const room = new Y.Doc();
  Y.applyUpdate(room, textUpdate(paragraphs("We will cut emissions.")));
  const fragment = articleFragment(room);
  const editor = view(paragraphs(""), [ySyncPlugin(fragment), watchdog(fragment)]);
  const colleague = new Y.Doc();
  Y.applyUpdate(colleague, Y.encodeStateAsUpdate(room));
  const write = (): void => {
    const block = articleFragment(colleague).get(0) as Y.XmlElement;
    (block.get(0) as Y.XmlText).insert(0, "New: ");
    Y.applyUpdate(room, Y.encodeStateAsUpdate(colleague));
  };
  return {
    editor,
    write,
    sync: ySyncPluginKey.getState(editor.state) as { binding: Record<string, unknown> },
  };
}

test("[EDT-12] when the binding fails to show a colleague's change, the live document is shown anew at once", async () => {
  const { editor, write, sync } = setUp();
  // A node selection that cannot be put back: the failure known of the binding.
  sync.binding["beforeTransactionSelection"] = { type: "node", anchor: {}, head: {} };
  expect(write).toThrow();
  expect(editor.state.doc.textContent).toBe("We will cut emissions.");
  await Promise.resolve();
  expect(editor.state.doc.textContent).toBe("New: We will cut emissions.");
});

test("[EDT-12] a view that stayed behind unnoticed is found when all is quiet", () => {
  const { editor, write, sync } = setUp();
  write();
  expect(editor.state.doc.textContent).toBe("New: We will cut emissions.");
  const stale = paragraphs("Stale.");
  (sync.binding["mux"] as (run: () => void) => void)(() => {
    editor.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, stale.content));
  });
  expect(editor.state.doc.textContent).toBe("Stale.");
  vi.advanceTimersByTime(6_000);
  expect(editor.state.doc.textContent).toBe("New: We will cut emissions.");
});
