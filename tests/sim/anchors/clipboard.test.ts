import { JSDOM } from "jsdom";
import { Node } from "prosemirror-model";
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { ySyncPlugin } from "y-prosemirror";
import * as Y from "yjs";
import { RedirectRecorder } from "#shared/anchor/record.ts";
import { createTextIndex } from "#shared/anchor/text-index.ts";
import { schema } from "#shared/doc/schema.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import type { Range } from "#shared/model/annotation.ts";
import { redirectPlugin } from "../../../client/editor/adapter/redirect-plugin.ts";

// prosemirror-view with a real document: what the browser does around it is played by hand.
const page = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
const open: Tab[] = [];

beforeAll(() => {
  const { window } = page;
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", window.document);
  vi.stubGlobal("DOMParser", window.DOMParser);
  vi.stubGlobal("MutationObserver", window.MutationObserver);
  vi.stubGlobal("Node", window.Node);
});

afterEach(() => {
  for (const tab of open.splice(0)) tab.view.destroy();
});

afterAll(() => {
  vi.unstubAllGlobals();
  page.window.close();
});

type Clipboard = { readonly html: string; readonly text: string };

class Tab {
  readonly doc = new Y.Doc();
  readonly index = createTextIndex(this.doc);
  readonly recorder = new RedirectRecorder(this.doc, this.index);
  readonly view: EditorView;

  constructor(state: Uint8Array | null, documentId: string) {
    if (state) Y.applyUpdate(this.doc, state);
    const plugins = [redirectPlugin(this.recorder, documentId), ySyncPlugin(articleFragment(this.doc))];
    const host = page.window.document.body.appendChild(page.window.document.createElement("div"));
    this.view = new EditorView(host, { state: EditorState.create({ schema, plugins }) });
    open.push(this);
  }

  fill(...paragraphs: string[]): this {
    const content = paragraphs.map((text) => ({ type: "paragraph", content: [{ type: "text", text }] }));
    const { content: nodes } = Node.fromJSON(schema, { type: "doc", content });
    this.view.dispatch(this.view.state.tr.replaceWith(0, this.view.state.doc.content.size, nodes));
    return this;
  }

  select(words: string): void {
    const start = this.index.plain.text.indexOf(words);
    const { doc, tr } = this.view.state;
    const [from, to] = [start, start + words.length].map((offset) => this.index.toPosition(offset));
    this.view.dispatch(tr.setSelection(TextSelection.create(doc, from ?? 0, to)));
  }

  copy(words: string): Clipboard {
    this.select(words);
    const { dom, text } = this.view.serializeForClipboard(this.view.state.selection.content());
    return { html: dom.innerHTML, text };
  }

  cut(words: string): Clipboard {
    const clipboard = this.copy(words);
    this.view.dispatch(this.view.state.tr.deleteSelection().setMeta("uiEvent", "cut"));
    return clipboard;
  }

  paste(offset: number, { html, text }: Partial<Clipboard>): void {
    const at = this.index.toPosition(offset);
    this.view.dispatch(this.view.state.tr.setSelection(TextSelection.create(this.view.state.doc, at)));
    const event = new page.window.Event("paste") as unknown as ClipboardEvent;
    if (html === undefined) this.view.pasteText(text ?? "", event);
    else this.view.pasteHTML(html, event);
  }

  annotate(words: string): Range {
    const start = this.index.plain.text.indexOf(words);
    const captured = this.index.captureText(start, start + words.length);
    if (!captured) throw new Error("no such words");
    return { ...captured, sv: "then" };
  }

  place(range: Range) {
    const { state, text, pieces } = this.index.place([range], () => null);
    return { state, text, start: pieces[0]?.start };
  }
}

const FIRST = "We will cut emissions by half.";
const SECOND = "Money follows next year.";
const WORDS = "cut emissions";

function article(): Tab {
  return new Tab(null, "article-1").fill(FIRST, SECOND);
}

test("[ANC-21] what is cut and pasted in the editor stays itself", () => {
  const tab = article();
  const range = tab.annotate(WORDS);
  const clipboard = tab.cut(WORDS);
  expect(tab.place(range).state).toBe("detached");
  tab.paste(0, clipboard);
  expect(tab.place(range)).toEqual({ state: "whole", text: WORDS, start: 0 });
});

test("[ANC-21] pasted as plain text it stays itself too", () => {
  const tab = article();
  const range = tab.annotate(WORDS);
  const { text } = tab.cut(WORDS);
  tab.paste(0, { text });
  expect(tab.place(range)).toEqual({ state: "whole", text: WORDS, start: 0 });
});

test("[ANC-21] a cut over a paragraph's end stays itself", () => {
  const tab = article();
  const range = tab.annotate("by half.\nMoney follows");
  tab.paste(0, tab.cut("by half.\nMoney follows"));
  expect(tab.place(range)).toMatchObject({ state: "whole", text: "by half.\nMoney follows", start: 0 });
});

test("[ANC-22] what is cut in one tab and pasted in another stays itself", () => {
  const first = article();
  const range = first.annotate(WORDS);
  const second = new Tab(Y.encodeStateAsUpdate(first.doc), "article-1");
  const clipboard = first.cut(WORDS);
  Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(first.doc));
  second.paste(second.index.plain.text.indexOf("Money"), clipboard);
  expect(second.place(range)).toMatchObject({ state: "whole", text: WORDS });
  Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(second.doc));
  expect(first.place(range)).toEqual(second.place(range));
});

test("[ANC-22] text from another article is other text, whatever identities it carries", () => {
  const other = new Tab(null, "article-2").fill(FIRST);
  const here = article();
  const range = here.annotate(WORDS);
  here.cut("cut emissions by half");
  const clipboard = other.copy(WORDS);
  const [run] = range.runs;
  expect(clipboard.html).toContain("article-2");
  const forged = clipboard.html.replace(/runs&quot;:\[\[.*?\]\]/, `runs&quot;:[[${run?.join(",") ?? ""}]]`);
  here.paste(0, { html: forged });
  expect(here.index.plain.text.startsWith(WORDS)).toBe(true);
  expect(here.place(range).state).toBe("detached");
});

test("[ANC-23] equal text from elsewhere does not take up a mark whose words were cut", () => {
  const tab = article();
  const range = tab.annotate(WORDS);
  tab.cut("cut emissions by half");
  tab.paste(0, { html: "<p>they cut emissions by a third</p>" });
  tab.paste(0, { text: "cut emissions" });
  expect(tab.place(range).state).toBe("detached");
});

test("[ANC-23] a copy takes nothing from the original", () => {
  const tab = article();
  const range = tab.annotate(WORDS);
  tab.paste(0, tab.copy(WORDS));
  expect(tab.place(range)).toEqual({ state: "whole", text: WORDS, start: WORDS.length + 8 });
});

test("[ANC-23] what was cut is itself where it is pasted first, every further paste is a copy", () => {
  const tab = article();
  const range = tab.annotate("Money follows");
  const clipboard = tab.cut("Money follows");
  const target = tab.index.plain.text.indexOf("by half");
  tab.paste(target, clipboard);
  expect(tab.place(range)).toEqual({ state: "whole", text: "Money follows", start: target });
  tab.paste(0, clipboard);
  expect(tab.place(range)).toEqual({ state: "whole", text: "Money follows", start: target + 13 });
});

test("[ANC-22] clipboard that says nothing readable about its origin is text like any other", () => {
  const tab = article();
  const range = tab.annotate(WORDS);
  const { html } = tab.cut("will cut emissions by");
  tab.paste(0, { html: html.replace(/data-gloss-origin="[^"]*"/, 'data-gloss-origin="[1"') });
  tab.paste(0, { html: '<p data-gloss-origin="{}">cut emissions</p>' });
  expect(tab.place(range)).toMatchObject({ state: "whole", text: WORDS });
});
