import { afterEach, expect, test } from "vitest";
import type { SuggestionPlace } from "#shared/model/suggestion.ts";
import { standsAlready } from "../../../client/feature/suggestions/deciding.ts";
import { leaveAll } from "../session/ground.ts";
import { openDesk } from "./suggesting-desk.ts";

afterEach(leaveAll);

const TEXT = "We will pay for it.";

test("[SUG-11] accepting asks the server first, then edits where the words stand now, then says it is made", async () => {
  const at = await openDesk("editor", TEXT);
  await at.suggested("s1", [3, 7], "shall");
  await at.typed(0, "Then ");
  expect(await at.deciding.accept("s1")).toBe(true);
  expect(at.calls).toEqual(["accept s1"]);
  expect(at.edits).toEqual([{ from: 9, to: 13, expected: "will", text: "shall" }]);
  expect(at.sent).toMatchObject([{ kind: "applied", id: "s1" }]);
  expect(at.said.at(-1)).toBe("Accepted: replace “will” with “shall”.");
});

test("[SUG-4] who comes second edits nothing and reads why", async () => {
  const at = await openDesk("editor", TEXT);
  await at.suggested("s1", [3, 7], "shall");
  at.take("s1");
  expect(await at.deciding.accept("s1")).toBe(false);
  expect([at.edits, at.complaints]).toEqual([[], ["Somebody has it."]]);
  expect(at.find("s1")?.status).toBe("open");
});

test("[SUG-5] when the words changed while the server was asked, it is open again and nothing was edited", async () => {
  const at = await openDesk("editor", TEXT);
  await at.suggested("s1", [3, 7], "shall");
  at.failEdits();
  expect(await at.deciding.accept("s1")).toBe(false);
  expect(at.calls).toEqual(["accept s1", "release s1"]);
  expect(at.find("s1")?.status).toBe("open");
  expect(at.complaints).toEqual(["The words changed just now, so nothing was accepted. Look at it again."]);
  expect(at.sent).toEqual([]);
});

test("[SUG-6] words that changed are replaced only when what is there now is what was looked at", async () => {
  const at = await openDesk("editor", TEXT);
  await at.suggested("s1", [3, 7], "shall");
  await at.typed(5, "-");
  expect(await at.deciding.accept("s1")).toBe(false);
  expect(await at.deciding.accept("s1", "wi+ll")).toBe(false);
  expect(at.calls).toEqual([]);
  expect(await at.deciding.accept("s1", "wi-ll")).toBe(true);
  expect(at.edits).toEqual([{ from: 4, to: 9, expected: "wi-ll", text: "shall" }]);
});

test("[SUG-15] all that stand as suggested are accepted, one after the other, with what is left told", async () => {
  const at = await openDesk("editor", TEXT);
  await at.suggested("s1", [3, 7], "shall");
  await at.suggested("s2", [8, 11], "give");
  await at.suggested("s3", [12, 15], "towards");
  await at.typed(13, "-");
  at.take("s2");
  const seen: unknown[] = [];
  at.deciding.progress.subscribe(() => seen.push(at.deciding.progress.get()));
  await at.deciding.acceptAll();
  expect(at.calls).toEqual(["accept s1", "accept s2"]);
  expect(seen).toEqual([{ act: "accept", done: 0, of: 2 }, { act: "accept", done: 1, of: 2 }, null]);
  expect(at.said.at(-1)).toBe("1 accepted, 1 left as they are.");
  await at.deciding.rejectAll();
  expect(at.find("s3")?.status).toBe("rejected");
});

test("[SUG-5] an edit that was made before its screen was closed is not made twice", async () => {
  const at = await openDesk("editor", "We will not pay for it.");
  await at.suggested("s1", [3, 11], "will surely not");
  await at.change("s1", { status: "accepted", claimedAt: 1 });
  await at.typed(7, " surely");
  expect(await at.deciding.accept("s1")).toBe(true);
  expect([at.edits, at.sent]).toMatchObject([[], [{ kind: "applied" }]]);
});

test("[SUG-5] whether a paragraph has it already is seen at what is left of its place", () => {
  const quote = { exact: "will", prefix: "", suffix: "" };
  const over: SuggestionPlace = { kind: "over", range: { runs: [[1, 0, 4]], sv: "", quote, hint: 0 } };
  const between: SuggestionPlace = { kind: "between", before: null, after: null };
  const shall = { place: over, text: "shall" };
  expect(standsAlready(shall, "We shall pay", { start: 6, end: 8 })).toBe(true);
  expect(standsAlready(shall, "We will pay, I shall", { start: 3, end: 7 })).toBe(false);
  expect(standsAlready({ place: between, text: "so " }, "so we", { start: 0, end: 0 })).toBe(true);
  expect(standsAlready({ place: between, text: "so " }, "we", { start: 0, end: 0 })).toBe(false);
});
