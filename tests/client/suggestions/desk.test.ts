import { afterEach, expect, test } from "vitest";
import { leaveAll } from "../session/ground.ts";
import { openDesk } from "./suggesting-desk.ts";

afterEach(leaveAll);

const TEXT = "We will pay for it.";

test("[SUG-9] what is typed builds one suggestion that shows at once and is sent when the keys rest", async () => {
  const at = await openDesk("annotator", TEXT);
  at.select(4, 8);
  for (const letter of "shall") at.key(letter);
  expect(at.drawn()).toEqual([{ over: "will", text: "shall", draft: true }]);
  expect(at.sent).toEqual([]);
  at.rest();
  expect(at.sent).toMatchObject([
    { kind: "suggest", at: 5, made: { target: { kind: "over", exact: "will" }, text: "shall" } },
  ]);
  expect(at.said).toEqual(["Suggested: replace “will” with “shall”."]);
  expect(at.drawn()).toEqual([{ over: "will", text: "shall", draft: true }]);
  expect(at.session.readText()?.text).toBe(TEXT);
});

test("[SUG-9] going elsewhere sends it, and typing there begins another one", async () => {
  const at = await openDesk("annotator", TEXT);
  at.select(3, 3);
  at.key("a");
  at.select(12, 12);
  at.key("b");
  expect(at.sent).toHaveLength(1);
  at.desk.input({ kind: "leave" });
  expect(at.sent.map((write) => write.kind === "suggest" && write.made.text)).toEqual(["a", "b"]);
});

test("[SUG-10] the caret follows what is deleted; dropped or undone nothing is left of it", async () => {
  const at = await openDesk("annotator", TEXT, "More.");
  at.select(8, 8);
  at.back();
  at.back();
  expect([at.drawn(), at.selection()]).toEqual([[{ over: "ll", text: "", draft: true }], { from: 6, to: 6 }]);
  at.key("n");
  expect(at.selection()).toEqual({ from: 8, to: 8 });
  expect(at.desk.input({ kind: "undo" })).toBe(true);
  expect(at.desk.input({ kind: "undo" })).toBe(false);
  expect([at.drawn(), at.sent]).toEqual([[], []]);
  at.select(5, 24);
  at.key("x");
  expect(at.said.at(-1)).toMatch(/stays inside one paragraph/);
  expect(at.drawn()).toEqual([]);
});

test("[SUG-13] a field takes the selected words; left as they are nothing is suggested", async () => {
  const at = await openDesk("annotator", TEXT);
  at.select(4, 8);
  at.desk.openForm();
  expect(at.desk.state.get().pending).toMatchObject({ text: "will", form: true });
  at.desk.input({ kind: "leave" });
  expect(at.drawn()).toEqual([{ over: "will", text: "will", same: true, draft: true }]);
  at.desk.write("will\nnot");
  expect(at.drawn()).toEqual([{ over: "will", text: "will not", draft: true }]);
  at.desk.write("will");
  at.desk.commit();
  expect(at.sent).toEqual([]);
});

test("[SUG-6] what I am writing follows its words while a colleague types before them", async () => {
  const at = await openDesk("annotator", TEXT);
  at.select(4, 8);
  at.key("shall");
  await at.typed(0, "Then ");
  at.desk.redraw();
  expect(at.drawn()).toEqual([{ over: "will", text: "shall", draft: true }]);
  at.rest();
  expect(at.sent).toMatchObject([{ made: { target: { exact: "will" } } }]);
});

test("[SUG-9] colleagues' suggestions are drawn and said, gone through in text order, and gone when decided", async () => {
  const at = await openDesk("editor", TEXT);
  await at.suggested("s2", [12, 15], "towards");
  await at.suggested("s1", [3, 7], "shall");
  expect(at.drawn()).toEqual([
    { over: "will", text: "shall" },
    { over: "for", text: "towards" },
  ]);
  expect(at.said).toContain("Ben suggests: replace “will” with “shall”.");
  at.desk.step(1);
  expect(at.desk.state.get().activeId).toBe("s1");
  at.desk.step(1);
  expect(at.desk.state.get().activeId).toBe("s2");
  at.desk.step(1);
  expect(at.desk.state.get().activeId).toBe("s1");
  await at.typed(5, "-");
  expect(at.drawn()[0]).toEqual({ over: "wi-ll", text: "shall", stale: true });
  await at.change("s1", { status: "withdrawn" });
  expect(at.drawn()).toEqual([{ over: "for", text: "towards" }]);
});

test("[SUG-14] what is not sent yet shows as mine and is withdrawn without a word to the server", async () => {
  const at = await openDesk("annotator", TEXT);
  at.select(4, 8);
  at.key("shall");
  at.rest();
  const [row] = at.desk.state.get().rows;
  expect(row).toMatchObject({ sent: false, suggestion: { by: { id: "ana" }, status: "open" } });
  at.desk.withdraw(row?.suggestion.id ?? "");
  expect(at.desk.state.get().rows).toEqual([]);
  expect(at.sent).toHaveLength(1);
});

test("[SUG-14] between the server's answer and the live document nothing flickers", async () => {
  const at = await openDesk("annotator", TEXT);
  at.select(4, 8);
  at.key("shall");
  at.rest();
  const [row] = at.desk.state.get().rows;
  if (!row) throw new Error("nothing there");
  const { version: _version, ...shown } = row.suggestion;
  at.deliver(shown);
  expect(at.desk.state.get().rows).toMatchObject([{ sent: true, suggestion: { id: shown.id } }]);
  expect(at.drawn()).toEqual([{ over: "will", text: "shall" }]);
});
