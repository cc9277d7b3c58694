import { putSuggestion } from "#shared/doc/suggestions.ts";
import type { Role } from "#shared/model/role.ts";
import type { TextSuggestion } from "#shared/model/suggestion.ts";
import { ApiProblem } from "../../../client/api/problem.ts";
import type { ShownSuggestion, SuggestionApi } from "../../../client/api/suggestions.ts";
import type { DrawnSuggestion, TextEdit } from "../../../client/editor/suggesting.ts";
import { Deciding } from "../../../client/feature/suggestions/deciding.ts";
import { SuggestionDesk } from "../../../client/feature/suggestions/desk.ts";
import type { Outgoing, SuggestionOutbox } from "../../../client/feature/suggestions/outgoing.ts";
import { Cell } from "../../../client/session/cell.ts";
import { placeOf, suggestionsOf } from "../../../client/session/suggestion-store.ts";
import { articleFragment } from "#shared/doc/walk.ts";
import * as Y from "yjs";
import { settle } from "../session/fake-server.ts";
import { REVIEW_ROOM, serve, TEXT_ROOM, visit } from "../session/ground.ts";

/** A desk on an open article of paragraphs, with an editor, an outbox and a server in memory. */

const ben = { id: "ben", name: "Ben", color: "#123456" };

export async function openDesk(role: Role, ...paragraphs: readonly string[]) {
  const server = serve(...paragraphs);
  const visiting = visit(server, "ana", role);
  const { session } = visiting;
  await settle();
  visiting.frame();
  const said: string[] = [];
  const complaints: string[] = [];
  const edits: TextEdit[] = [];
  const calls: string[] = [];
  const sent: Outgoing[] = [];
  let drawn: readonly DrawnSuggestion[] = [];
  let selection = { from: 1, to: 1 };
  let onSent: (shown: ShownSuggestion) => void = () => {};
  const box = new Cell<ReturnType<SuggestionOutbox["state"]["get"]>>({
    waiting: [],
    trouble: null,
    refused: [],
    kept: true,
  });
  const outbox: SuggestionOutbox = {
    state: box,
    add: (write) => {
      sent.push(write);
      box.set({ ...box.get(), waiting: [...box.get().waiting, { write }] });
    },
    drop: (isIt) => {
      const left = box.get().waiting.filter(({ write }) => !isIt(write));
      const dropped = left.length < box.get().waiting.length;
      box.set({ ...box.get(), waiting: left });
      return dropped;
    },
    dismiss: () => box.set({ ...box.get(), refused: [] }),
    close: () => undefined,
  };
  let rested: (() => void) | null = null;
  const desk = new SuggestionDesk({
    session,
    suggestions: suggestionsOf(session, (task) => {
      let wanted = true;
      queueMicrotask(() => wanted && task());
      return () => (wanted = false);
    }),
    editor: {
      draw: (list) => (drawn = list),
      selection: () => selection,
      caret: (position) => (selection = { from: position, to: position }),
    },
    outbox: (taken) => {
      onSent = taken;
      return outbox;
    },
    say: (sentence) => said.push(sentence),
    show: () => undefined,
    now: () => 5,
    rest: (task) => {
      rested = task;
      return () => (rested = null);
    },
  });
  const room = server.doc(REVIEW_ROOM);
  const find = (id: string) => desk.row(id)?.suggestion;
  const put = async (record: TextSuggestion): Promise<void> => {
    putSuggestion(room, record);
    await settle();
  };
  /** What the server makes of a record and tells in the review room. */
  const change = async (id: string, more: Partial<TextSuggestion>): Promise<ShownSuggestion> => {
    const before = find(id);
    if (!before) throw new Error(`no ${id}`);
    const next = { ...before, ...more, version: before.version + 1 };
    await put(next);
    const { version: _version, ...shown } = next;
    return shown;
  };
  const decided = { by: ben, at: 9, reason: "" };
  let taken: string | null = null;
  const api: SuggestionApi = {
    suggest: () => Promise.reject(new Error("the outbox sends")),
    withdraw: () => Promise.reject(new Error("the outbox sends")),
    applied: () => Promise.reject(new Error("the outbox sends")),
    accept: async (id) => {
      calls.push(`accept ${id}`);
      if (taken === id) {
        throw new ApiProblem({ code: "suggestion-refused", status: 409, detail: "Somebody has it." });
      }
      return change(id, { status: "accepted", decided, claimedAt: 9 });
    },
    reject: async (id, reason) => {
      calls.push(`reject ${id}`);
      return change(id, { status: "rejected", decided: { ...decided, reason } });
    },
    release: async (id) => {
      calls.push(`release ${id}`);
      return change(id, { status: "open", decided: null, claimedAt: null });
    },
  };
  let applies = true;
  const deciding = new Deciding({
    desk,
    api,
    apply: (edit) => {
      edits.push(edit);
      return applies;
    },
    say: (sentence) => said.push(sentence),
    complain: (sentence) => complaints.push(sentence),
  });
  return {
    desk,
    deciding,
    session,
    said,
    complaints,
    edits,
    calls,
    sent,
    find,
    drawn: () =>
      drawn.map(({ from, to, text, stale, same, draft }) => ({
        over: session.readText()?.text.slice(from - 1, to - 1) ?? "",
        text,
        ...(stale ? { stale } : {}),
        ...(same ? { same } : {}),
        ...(draft ? { draft } : {}),
      })),
    select: (from: number, to: number) => (selection = { from, to }),
    rest: () => rested?.(),
    selection: () => selection,
    key: (text: string) => desk.input({ kind: "insert", text }),
    back: () => desk.input({ kind: "delete", forward: false, unit: "character" }),
    /** What the outbox's first write becomes. */
    deliver: (shown: ShownSuggestion) => {
      box.set({ ...box.get(), waiting: box.get().waiting.slice(1) });
      onSent(shown);
    },
    /** A colleague suggests `text` in place of what stands between two offsets. */
    suggested: async (id: string, offsets: readonly [number, number], text: string) => {
      const place = placeOf(session, ...offsets);
      if (!place) throw new Error("no place");
      const nothing = { decided: null, claimedAt: null, applied: null };
      await put({ id, place, text, by: ben, at: 1, status: "open", ...nothing, version: 1 });
    },
    change,
    /** A colleague types into the first paragraph. */
    typed: async (offset: number, words: string) => {
      const block = articleFragment(server.doc(TEXT_ROOM)).get(0);
      const text = block instanceof Y.XmlElement ? block.get(0) : null;
      if (text instanceof Y.XmlText) text.insert(offset, words);
      await settle();
    },
    take: (id: string) => (taken = id),
    failEdits: () => (applies = false),
  };
}
