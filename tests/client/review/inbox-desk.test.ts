import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InboxDesk } from "../../../client/feature/review/inbox-desk.ts";
import { leaveAll } from "../session/ground.ts";
import { markWords, setTable } from "./reviewing.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }));
afterEach(() => {
  leaveAll();
  vi.useRealTimers();
});

/** Ben's marks, what Rita says of them, and Ben at his inbox. */
async function begin() {
  const table = setTable("France will send aid. Germany will follow. Poland may come.");
  const ben = table.enter("ben");
  const rita = table.enter("rita", "reviewer");
  await table.settle();
  const ids = markWords(ben.session, "France", "Germany", "Poland");
  const refresh = async () => {
    await table.settle();
    ben.frame();
    rita.frame();
    await table.settle();
  };
  await refresh();
  const reviewer = table.sit(rita);
  const author = table.sit(ben);
  await refresh();
  reviewer.start();
  const said: string[] = [];
  let made = 0;
  const inbox = new InboxDesk({
    store: author.store,
    show: () => undefined,
    say: (sentence) => said.push(sentence),
    newId: () => `answer-${(made += 1)}`,
    now: () => 5,
  });
  const later = async () => {
    await vi.advanceTimersByTimeAsync(10_000);
    await refresh();
  };
  const suggest = (tag: string) => {
    reviewer.desk.begin("suggest");
    reviewer.desk.pressTag(tag, false);
    reviewer.desk.suggest();
  };
  const tags = () => ben.session.markup.get().placed.map(({ annotation }) => annotation.tags.join("+"));
  return { ...table, ben: ben.session, reviewer, author, inbox, said, ids, refresh, later, suggest, tags };
}

const waiting = (inbox: InboxDesk) => inbox.mail.get().items.map(({ mark }) => mark?.text);

test("[RVS-20] the inbox holds what waits for the author, in text order, and counts what is accepted", async () => {
  const { reviewer, inbox, refresh } = await begin();
  reviewer.desk.accept();
  reviewer.desk.reject("boundary");
  reviewer.desk.discuss("Is it one?");
  await refresh();
  expect(waiting(inbox)).toEqual(["Germany", "Poland"]);
  expect(inbox.mail.get().accepted).toBe(1);
});

test("[RVS-21] one key applies a suggestion to my mark; the verdict is answered", async () => {
  const { inbox, suggest, refresh, later, tags, state, reviewer, said } = await begin();
  suggest("conditional");
  await refresh();
  inbox.start();
  inbox.apply();
  expect(tags()).toEqual(["conditional", "binding", "binding"]);
  expect(waiting(inbox)).toEqual([]);
  expect(said.at(-1)).toBe("Applied. Nothing left");
  await later();
  expect(state.calls.at(-1)).toBe("apply");
  expect([...reviewer.store.view.get().verdicts.values()]).toMatchObject([{ answer: { act: "applied" } }]);
});

test("[RVS-21] suggested words and tags are applied together, and u takes both back", async () => {
  const { inbox, reviewer, refresh, later, ben, state } = await begin();
  reviewer.desk.begin("suggest");
  reviewer.desk.pressTag("actor", false);
  reviewer.desk.redraft((draft) => ({ ...draft, ranges: [{ from: 1, to: 12 }] }));
  reviewer.desk.suggest();
  await refresh();
  inbox.start();
  inbox.apply();
  const look = () => ben.markup.get().placed[0];
  expect(look()).toMatchObject({ placement: { text: "France will" }, annotation: { tags: ["actor"] } });
  inbox.undo();
  await refresh();
  expect(look()).toMatchObject({ placement: { text: "France" }, annotation: { tags: ["binding"] } });
  expect(waiting(inbox)).toEqual(["France"]);
  await later();
  expect(state.calls).not.toContain("apply");
});

test("[RVS-21] a missing mark is made in my layer when its suggestion is applied", async () => {
  const { inbox, reviewer, refresh, tags, later, state } = await begin();
  reviewer.desk.start({ author: "ben" });
  reviewer.desk.begin("missing");
  reviewer.desk.pressTag("condition", false);
  reviewer.desk.redraft((draft) => ({ ...draft, ranges: [{ from: 8, to: 12 }] }));
  reviewer.desk.missing("The will.");
  await refresh();
  inbox.start();
  expect(inbox.item).toMatchObject({ mark: null, verdict: { words: "The will." } });
  inbox.apply();
  expect(tags()).toContain("condition");
  await later();
  expect(state.calls.at(-1)).toBe("apply");
});

test("[RVS-22] an answer in words and keeping the mark leave the inbox and come to the reviewer's queue", async () => {
  const { inbox, reviewer, refresh, later, said } = await begin();
  reviewer.desk.reject("wrong-tag");
  reviewer.desk.reject("not-marked");
  await refresh();
  inbox.start();
  inbox.beginAnswer();
  inbox.answer(" ");
  expect(inbox.state.get().refused?.code).toBe("words-missing");
  inbox.answer("The treaty says so.");
  expect(said.at(-1)).toBe("Answered. 1 verdict left");
  inbox.keep();
  expect(waiting(inbox)).toEqual([]);
  await later();
  const { queue } = reviewer.store.view.get();
  expect(queue.map(({ todo }) => todo?.why)).toEqual(["answered", "reopened", "new"]);
});

test("[RVS-3] an answer can be taken back for a moment, and never reaches anybody then", async () => {
  const { inbox, reviewer, refresh, later, state } = await begin();
  reviewer.desk.reject("wrong-tag");
  await refresh();
  inbox.start();
  inbox.keep();
  inbox.undo();
  expect(waiting(inbox)).toEqual(["France"]);
  await later();
  expect(state.calls).not.toContain("keep");
  inbox.keep();
  await later();
  inbox.undo();
  expect(waiting(inbox)).toEqual([]);
});

test("[RVS-22] a rejected mark can be deleted, and that deals with it; u brings it back", async () => {
  const { inbox, reviewer, refresh, ben } = await begin();
  reviewer.desk.reject("not-marked");
  await refresh();
  inbox.start();
  inbox.remove();
  await refresh();
  expect(ben.markup.get().placed).toHaveLength(2);
  expect(waiting(inbox)).toEqual([]);
  inbox.undo();
  await refresh();
  expect(waiting(inbox)).toEqual(["France"]);
});
