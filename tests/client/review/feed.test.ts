import { afterEach, expect, test } from "vitest";
import { putReviewer } from "#shared/doc/review.ts";
import { reviewRecords } from "../../../client/session/review-feed.ts";
import { paragraphAt, rangesOf, standsAt, captureWords } from "../../../client/session/words-at.ts";
import { leaveAll } from "../session/ground.ts";
import { setTable } from "./reviewing.ts";

afterEach(leaveAll);

test("[RVS-12] verdicts and the names of their reviewers arrive as they are given; what is the same stays the same", async () => {
  const table = setTable("France will send aid.");
  const vic = table.enter("vic", "viewer");
  await table.settle();
  const records = reviewRecords(vic.session);
  let told = 0;
  const stop = records.subscribe(() => (told += 1));
  const before = records.get();
  expect(before.verdicts.size).toBe(0);
  expect(records.get()).toBe(before);
  putReviewer(table.room, { id: "rita", name: "Rita", color: "#000000" });
  table.room.getMap("reviews").set("bad", 7);
  await table.settle();
  expect(told).toBe(2);
  expect(records.get().people.get("rita")?.name).toBe("Rita");
  expect(records.get().unreadable).toHaveLength(1);
  stop();
  putReviewer(table.room, { id: "rolf", name: "Rolf", color: "#000000" });
  await table.settle();
  expect(told).toBe(2);
  expect(records.get().people.size).toBe(2);
});

test("[RVS-8] words are named by their characters, so a paragraph stays itself while it is edited", async () => {
  const table = setTable("France will send aid.", "Second.");
  const { session } = table.enter("vic", "viewer");
  await table.settle();
  const paragraph = paragraphAt(session, 3);
  expect(paragraph).toMatchObject({ start: 0, end: 21, text: "France will send aid." });
  expect(paragraphAt(session, 500)).toBeNull();
  const captured = paragraph && captureWords(session, paragraph);
  const range = { ...captured, runs: captured?.runs ?? [], sv: "" } as Parameters<typeof standsAt>[1];
  expect(standsAt(session, range)).toMatchObject({ start: 0, end: 21 });
  expect(rangesOf(session, range)).toEqual([{ from: paragraph?.from, to: paragraph?.to }]);
});
