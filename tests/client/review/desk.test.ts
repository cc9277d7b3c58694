import { afterEach, expect, test } from "vitest";
import { putVerdict } from "#shared/doc/review.ts";
import { hashMark, judgedMark } from "#shared/review/judged.ts";
import { unreachable } from "../../../client/api/problem.ts";
import type { ReviewDesk } from "../../../client/feature/review/desk.ts";
import { leaveAll } from "../session/ground.ts";
import { markWords, setTable } from "./reviewing.ts";

afterEach(leaveAll);

const TEXT = "France will send aid. Germany will follow, if Parliament agrees. Poland may come too.";

/** Ben has marked four words; Rita reviews. */
async function begin(words: readonly string[] = ["France", "Germany", "Parliament", "Poland"]) {
  const table = setTable(TEXT, "A second paragraph.");
  const ben = table.enter("ben");
  const rita = table.enter("rita", "reviewer");
  await table.settle();
  const ids = markWords(ben.session, ...words);
  const refresh = async () => {
    await table.settle();
    ben.frame();
    rita.frame();
    await table.settle();
  };
  await refresh();
  const at = table.sit(rita);
  await refresh();
  at.start();
  return { ...table, ...at, ben: ben.session, ids, refresh, rita };
}

const before = (desk: ReviewDesk) => desk.entry?.mark.text ?? null;

test("[RVS-4] the queue is in text order; j and k walk it and each mark comes into sight", async () => {
  const { desk, shown, said } = await begin();
  expect(before(desk)).toBe("France");
  desk.step(1);
  desk.step(1);
  expect(before(desk)).toBe("Parliament");
  desk.step(-1);
  expect(before(desk)).toBe("Germany");
  expect(shown).toHaveLength(4);
  expect(said.at(-1)).toBe("0 of 4 done. Binding by BEN. Germany");
  desk.step(-1);
  desk.step(-1);
  expect(said.at(-1)).toBe("This is the first one");
});

test("[RVS-5] a verdict counts at once, the next mark comes, and the server's answer settles it", async () => {
  const { desk, store, state, said, refresh, shelf } = await begin();
  desk.accept();
  expect(store.view.get().progress).toEqual({ total: 4, done: 1, deferred: 0 });
  expect(store.view.get().byKey.get(`ben/${store.view.get().entries[0]?.mark.id}`)?.sign).toBe("accepted");
  expect(before(desk)).toBe("Germany");
  expect(said.at(-1)).toBe("Accepted. 3 marks left");
  await refresh();
  expect(state.calls).toEqual(["give 1"]);
  expect([...store.view.get().verdicts.values()]).toMatchObject([
    { by: "rita", verdict: "accepted", at: 1_001 },
  ]);
  expect(shelf.length).toBe(0);
});

test("[RVS-5] the last one done, all is done; a new mark comes into the queue by itself", async () => {
  const { desk, said, ben, refresh } = await begin(["France"]);
  desk.accept();
  expect(said.at(-1)).toBe("Accepted. All done");
  expect(desk.state.get().key).toBeNull();
  markWords(ben, "Poland");
  await refresh();
  expect(before(desk)).toBe("Poland");
});

test("[RVS-5] what came by itself and needs nothing of me any more goes by itself", async () => {
  const { desk, store, ben, refresh, room } = await begin(["France", "Germany"]);
  for (let nth = 0; nth < 2; nth += 1) {
    desk.begin("suggest");
    desk.pressTag("condition", false);
    desk.suggest();
  }
  await refresh();
  expect(desk.state.get().key).toBeNull();
  // The author makes both as suggested; what they say of it comes later.
  for (const { mark } of store.view.get().entries) ben.changeMark(mark.id, { tags: ["condition"] });
  await refresh();
  expect(before(desk)).toBe("France");
  for (const { mark, mine } of store.view.get().entries) {
    if (!mine) throw new Error("nothing was suggested");
    const done = { hash: hashMark(mark), judged: judgedMark(mark) };
    putVerdict(room, { ...mine, answer: { act: "applied", words: "", at: 9, ...done } });
    await refresh();
  }
  expect(store.view.get().queue).toEqual([]);
  expect(desk.state.get().key).toBeNull();
});

test("[RVS-6] a reason by its digit rejects at once; other needs words", async () => {
  const { desk, store } = await begin();
  desk.begin("reject");
  desk.reject("boundary");
  desk.begin("reject");
  desk.chooseReason("other");
  desk.reject("other", " ");
  expect(desk.state.get().refused?.code).toBe("words-missing");
  expect(before(desk)).toBe("Germany");
  desk.reject("other", "Too vague.");
  const verdicts = [...store.view.get().verdicts.values()];
  expect(verdicts.map(({ reason, words }) => [reason, words])).toEqual([
    ["boundary", ""],
    ["other", "Too vague."],
  ]);
});

test("[RVS-7] a suggestion names only what is another: tag, words, fields", async () => {
  const { desk, store } = await begin();
  desk.begin("suggest");
  desk.suggest();
  expect(desk.state.get().refused?.code).toBe("nothing-new");
  desk.pressTag("conditional", false);
  desk.suggest("It hangs on something.");
  desk.begin("suggest");
  desk.pressTag("actor", true);
  const { to } = desk.suggestedRanges()[0] ?? { to: 0 };
  desk.redraft((draft) => ({
    ...draft,
    ranges: [{ from: desk.suggestedRanges()[0]?.from ?? 0, to: to + 5 }],
    fields: { strength: "declared" },
  }));
  desk.suggest();
  const [one, two] = [...store.view.get().verdicts.values()];
  expect(one).toMatchObject({
    words: "It hangs on something.",
    suggestion: { tags: ["conditional"], ranges: null, fields: null },
  });
  expect(two?.suggestion).toMatchObject({
    tags: ["binding", "actor"],
    ranges: [{ quote: { exact: "Germany will" } }],
    fields: { strength: "declared" },
  });
});

test("[RVS-8] the paragraph of the mark: nothing missing, read, or a mark is missing on chosen words", async () => {
  const { desk, store, said } = await begin();
  desk.read();
  expect(said.at(-1)).toBe("Paragraph read");
  desk.complete();
  desk.complete();
  expect(desk.state.get().refused?.code).toBe("already-so");
  desk.begin("missing");
  desk.missing();
  expect(desk.state.get().refused?.code).toBe("words-missing");
  desk.pressTag("condition", false);
  desk.redraft((draft) => ({ ...draft, ranges: [{ from: 1, to: 7 }] }));
  desk.missing();
  const verdicts = [...store.view.get().verdicts.values()];
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(["read", "complete", "missing"]);
  expect(verdicts.at(-1)).toMatchObject({
    on: { kind: "paragraph", layer: null, range: { quote: { exact: TEXT } } },
    suggestion: { tags: ["condition"], ranges: [{ quote: { exact: "France" } }] },
  });
  expect(before(desk)).toBe("France");
});

test("[RVS-8] that nothing is missing is open again once a mark there is deleted", async () => {
  const { desk, store, ben, refresh } = await begin();
  desk.complete();
  desk.complete();
  expect(desk.state.get().refused?.code).toBe("already-so");
  const last = store.view.get().entries.at(-1);
  ben.deleteMarks([last?.mark.id ?? ""]);
  await refresh();
  desk.complete();
  expect(desk.state.get().refused).toBeNull();
});

test("[RVS-9] u takes back the last one, again and again; the mark comes before me", async () => {
  const { desk, store, state, refresh, said, room } = await begin();
  desk.accept();
  await refresh();
  desk.skip();
  expect(store.view.get().progress).toEqual({ total: 4, done: 2, deferred: 1 });
  desk.undo();
  expect(before(desk)).toBe("Germany");
  desk.undo();
  expect(before(desk)).toBe("France");
  expect(said.at(-1)).toBe("Taken back: Accepted");
  expect(store.view.get().progress.done).toBe(0);
  await refresh();
  expect(state.calls.at(-1)).toBe("withdraw");
  expect(room.getMap("verdicts").size).toBe(0);
  expect(store.view.get().progress.done).toBe(0);
  desk.undo();
  expect(said.at(-1)).toBe("There is nothing to take back");
});

test("[RVS-10] drafts are mine alone until I finish; then they come out together", async () => {
  const { desk, store, state, refresh, room, drafts } = await begin();
  await store.setPublish("on-finish");
  desk.accept();
  desk.reject("fields");
  await refresh();
  expect(room.getMap("verdicts").size).toBe(0);
  expect(drafts.size).toBe(2);
  expect(store.view.get().progress.done).toBe(2);
  expect(store.view.get().entries[0]?.sign).toBe("open");
  expect(store.view.get().entries[0]?.mine?.verdict).toBe("accepted");
  store.write({ kind: "finish", id: "f", of: null, outcome: "request-changes", summary: "Look again." });
  expect(store.view.get().drafts.size).toBe(0);
  expect(store.view.get().entries[0]?.sign).toBe("accepted");
  await refresh();
  expect(state.calls.at(-1)).toBe("finish");
  expect(room.getMap("verdicts").size).toBe(2);
  expect(store.view.get().finished.get("f")).toMatchObject({ summary: "Look again.", verdicts: 2 });
});

test("[RVS-10] after a reload my drafts are there, and u takes them back", async () => {
  const { desk, store, rita, refresh, sit, state } = await begin();
  state.publish = "on-finish";
  await store.load();
  desk.accept();
  await refresh();
  store.close();
  const again = sit(rita);
  await refresh();
  again.start();
  expect(before(again.desk)).toBe("Germany");
  again.desk.undo();
  expect(before(again.desk)).toBe("France");
});

test("[RVS-2] a verdict that is refused says why, and its mark is in the queue again", async () => {
  const { desk, store, state, refused, refresh } = await begin();
  state.refuse = () => "This has changed while you looked at it. Look again.";
  desk.accept();
  expect(store.view.get().progress.done).toBe(1);
  await refresh();
  expect(refused).toEqual(["This has changed while you looked at it. Look again."]);
  expect(store.view.get().progress.done).toBe(0);
  expect(store.view.get().queue[0]?.mark.text).toBe("France");
});

test("[RVS-1] over a reload without a connection verdicts go on counting, and arrive once", async () => {
  const { desk, store, state, rita, refresh, sit, shelf, room } = await begin();
  state.failures.push(unreachable());
  state.answersLost = 1;
  desk.accept();
  desk.accept();
  await refresh();
  store.close();
  expect(room.getMap("verdicts").size).toBe(0);
  const again = sit(rita, { shelf });
  again.start();
  expect(again.store.view.get().progress.done).toBe(2);
  await refresh();
  again.store.outbox.retry();
  await refresh();
  expect(room.getMap("verdicts").size).toBe(2);
  expect(again.store.view.get().verdicts.size).toBe(2);
  expect(again.store.outbox.state.get().waiting).toEqual([]);
});

test("[RVS-11] a mark that is changed after it was accepted comes back with before and after", async () => {
  const { desk, store, ben, ids, refresh } = await begin();
  for (let left = 4; left > 0; left -= 1) desk.accept();
  await refresh();
  expect(store.view.get().queue).toEqual([]);
  ben.changeMark(ids[1] ?? "", { tags: ["conditional"] });
  await refresh();
  const [back] = store.view.get().queue;
  expect(back).toMatchObject({ sign: "changed", todo: { why: "changed" }, mark: { text: "Germany" } });
  expect(back?.todo?.change).toMatchObject({
    parts: ["tags"],
    before: { tags: ["binding"] },
    after: { tags: ["conditional"] },
  });
  expect(before(desk)).toBe("Germany");
});

test("[RVS-12] what a colleague says is seen at once; what I have to do stays", async () => {
  const { store, enter, sit, refresh, desk } = await begin();
  const rolf = enter("rolf", "reviewer");
  await refresh();
  rolf.frame();
  const other = sit(rolf);
  await refresh();
  other.start();
  other.desk.reject("duplicate");
  desk.step(1);
  await refresh();
  expect(store.view.get().entries[0]).toMatchObject({
    sign: "rejected",
    standing: { deciding: { by: "rolf" } },
  });
  expect(store.view.get().progress).toMatchObject({ done: 0, total: 4 });
  expect(before(desk)).toBe("Germany");
});

test("[RVS-13] my own marks are not in my queue, and judging one is refused at once", async () => {
  const { desk, store, refresh, rita, state } = await begin(["France"]);
  const [own] = markWords(rita.session, "Poland");
  await refresh();
  expect(store.view.get().progress.total).toBe(1);
  desk.open(`rita/${own}`);
  desk.accept();
  expect(desk.state.get().refused?.code).toBe("own-mark");
  expect(state.calls).toEqual([]);
});

test("[RVS-14] a mark that goes while it is before me makes room for the next", async () => {
  const { desk, ben, ids, refresh } = await begin();
  desk.step(1);
  ben.deleteMarks([ids[1] ?? ""]);
  await refresh();
  expect(before(desk)).toBe("Parliament");
});

test("[RVS-15] what is to be discussed needs words; what was put off can be taken up", async () => {
  const { desk, store } = await begin(["France", "Germany"]);
  desk.begin("discuss");
  desk.discuss("  ");
  expect(desk.state.get().refused?.code).toBe("words-missing");
  desk.discuss("Is it one?");
  desk.skip();
  expect(desk.state.get().key).toBeNull();
  expect(store.view.get().progress).toEqual({ total: 2, done: 2, deferred: 1 });
  desk.start({ author: null, deferred: true });
  expect(before(desk)).toBe("Germany");
});

test("[RVS-15] a verdict of mine can be set aside, so that the mark is judged anew", async () => {
  const { desk, store, refresh, ids } = await begin(["France"]);
  desk.accept();
  await refresh();
  desk.open(`ben/${ids[0]}`);
  const mine = desk.entry?.mine;
  if (mine) desk.reopen(mine);
  expect(store.view.get().queue[0]).toMatchObject({ sign: "reopened", todo: { why: "reopened" } });
  await refresh();
  expect(store.view.get().queue[0]?.sign).toBe("reopened");
});

test("[RVS-16] two thousand marks: one verdict works out one mark", async () => {
  const words = Array.from({ length: 2_000 }, (_, at) => `word${at}`);
  const table = setTable(words.join(" "));
  const ben = table.enter("ben");
  const rita = table.enter("rita", "reviewer");
  await table.settle();
  const { toPosition, text } = ben.session.readText() ?? { toPosition: (at: number) => at, text: "" };
  let at = 0;
  ben.session.changeMany({
    create: words.map((word) => {
      at = text.indexOf(word, at);
      const from = toPosition(at);
      at += word.length;
      return { ranges: [{ from, to: from + word.length }], tags: ["binding"] };
    }),
  });
  await table.settle();
  ben.frame();
  rita.frame();
  await table.settle();
  rita.frame();
  const { desk, store, start } = table.sit(rita);
  start();
  const entries = store.view.get().entries;
  expect(entries).toHaveLength(2_000);
  desk.accept();
  const after = store.view.get().entries;
  expect(after.filter((entry, nth) => entry !== entries[nth])).toHaveLength(1);
  expect(store.view.get().progress.done).toBe(1);
});
