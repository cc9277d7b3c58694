// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { act } from "react";
import { BulkDialog } from "../../../client/feature/margin/bulk-dialog.tsx";
import { planBulk, type BulkChange } from "../../../client/feature/margin/bulk.ts";
import { groupEqual } from "../../../client/feature/margin/group.ts";
import { usePicks, type Picks } from "../../../client/feature/margin/use-picks.ts";
import { ben, codebook, FakeSession, placedMark } from "../fake-session.ts";
import { clear, click, fakeDesk, show, shown, WithDesk } from "../workspace/show.tsx";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

afterEach(clear);

function scene() {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 9 }, { id: "1", tags: ["binding"] }),
    placedMark(TEXT, { from: 10, to: 21 }, { id: "2", tags: ["binding", "hedge"] }),
    placedMark(TEXT, { from: 27, to: 29 }, { id: "3", tags: ["actor"] }),
    placedMark(TEXT, { from: 34, to: 40 }, { id: "4", tags: ["binding"], author: ben, mine: false }),
  );
  const mine = session.markup.get().placed.filter((placed) => placed.mine);
  const plan = (change: BulkChange) => planBulk(codebook, mine, change);
  const now = () => session.markup.get().placed.map(({ annotation }) => annotation.tags.join("+"));
  return { session, mine, plan, now };
}

test("[QCK-7] adding, taking away and replacing a tag says what becomes of how many", () => {
  const { plan, session, now } = scene();
  expect(plan({ kind: "add", tag: "hedge" }).sentences).toEqual([
    "Adds Hedge to 2 marks.",
    "1 mark has Hedge already.",
  ]);
  const removal = plan({ kind: "remove", tag: "binding" });
  expect(removal.sentences).toEqual([
    "Takes Binding from 1 mark.",
    "1 mark has no other tag and will be deleted.",
    "1 mark does not have Binding.",
  ]);
  expect(removal.touched).toBe(2);
  session.changeMany(plan({ kind: "replace", tag: "binding", by: "conditional" }).batch);
  expect(now()).toEqual(["conditional", "conditional+hedge", "actor", "binding"]);
  session.undo();
  expect(now()).toEqual(["binding", "binding+hedge", "actor", "binding"]);
});

test("[QCK-7] setting a field leaves out marks that have no such field and says what is lost", () => {
  const { session, mine, plan } = scene();
  session.changeMark("1", { fields: { strength: "legal" } });
  const marks = session.markup.get().placed.filter((placed) => placed.mine);
  const set = planBulk(codebook, marks, { kind: "field", attribute: "strength", value: "declared" });
  expect(set.sentences).toEqual([
    "Sets Strength to “Declared” in 2 marks.",
    "In 1 of them it takes the place of something else.",
    "1 mark has no field Strength.",
  ]);
  expect(plan({ kind: "field", attribute: "strength", value: null }).touched).toBe(0);
  expect(plan({ kind: "delete" }).batch.remove).toEqual(mine.map(({ annotation }) => annotation.id));
});

test("[QCK-8] the dialog says that others' marks stay untouched, and changes mine in one step", async () => {
  const { session, mine, now } = scene();
  const { desk, calls } = fakeDesk(session);
  let closed = false;
  await show(
    <WithDesk desk={desk}>
      <BulkDialog marks={mine} others={1} start="delete" onClose={() => (closed = true)} />
    </WithDesk>,
  );
  expect(shown()).toContain("Deletes 3 marks. 1 mark of other people stays untouched.");
  await click("button", "Delete 3 marks");
  expect(now()).toEqual(["binding"]);
  expect(calls).toEqual(["done 3 marks deleted"]);
  expect(closed).toBe(true);
  session.undo();
  expect(now()).toHaveLength(4);
});

test("[QCK-8] only marks of mine that are shown can be chosen, singly, through a range, or all", async () => {
  const { session } = scene();
  let picks: Picks | null = null;
  function List({ some, on }: { some: number; on: boolean }) {
    picks = usePicks(groupEqual(session.markup.get().placed.slice(0, some)), on);
    return null;
  }
  const at = (): Picks => picks ?? Object.assign(() => undefined);
  const chosen = () => at().chosen.map(({ annotation }) => annotation.id);
  await show(<List some={4} on />);
  expect([at().mine.length, at().others]).toEqual([3, 1]);
  await act(async () => at().toggle("ana/1", false));
  await act(async () => at().toggle("ana/3", true));
  expect(chosen()).toEqual(["1", "2", "3"]);
  await act(async () => at().toggle("ana/2", false));
  expect(chosen()).toEqual(["1", "3"]);
  await show(<List some={2} on />);
  expect(chosen()).toEqual(["1"]);
  await show(<List some={4} on={false} />);
  await show(<List some={4} on />);
  expect(chosen()).toEqual([]);
  await act(async () => at().all(true));
  expect(chosen()).toHaveLength(3);
});
