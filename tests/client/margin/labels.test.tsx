// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ArticleLabels } from "../../../client/feature/margin/article-labels.tsx";
import { factsOf, matches, EVERYTHING } from "../../../client/feature/filters/filter.ts";
import { groupEqual } from "../../../client/feature/margin/group.ts";
import { listRows } from "../../../client/feature/margin/sections.ts";
import { ben, codebook, documentMark, FakeSession, placedMark } from "../fake-session.ts";
import { openStage } from "../workspace/open-stage.tsx";
import { clear, click, fakeDesk, one, show, shown, WithDesk } from "../workspace/show.tsx";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

beforeEach(() => window.localStorage.clear());
afterEach(clear);

const CARDS = { activeKey: null, wantsFocus: null, onFocused: () => undefined, findingsOf: () => [] };

test("[QCK-9] labels are made, joined and taken away like tags on words, each in one step", async () => {
  const { stage, session, tags } = await openStage(new FakeSession(TEXT));
  const label = (tag: string) => act(async () => stage().desk.actions.label(tag));
  await label("hedge");
  await label("binding");
  expect(tags()).toEqual(["binding+hedge"]);
  expect(session.markup.get().placed[0]?.annotation.target).toEqual({ kind: "document" });
  await act(async () => session.undo());
  expect(tags()).toEqual(["hedge"]);
  await label("hedge");
  expect(tags()).toEqual([]);
});

test("[QCK-9] they stand at the head of the article with their people, and open there", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    documentMark({ id: "d1", tags: ["hedge"] }),
    documentMark({ id: "d2", tags: ["hedge"], author: ben, mine: false }),
  );
  const { desk, calls } = fakeDesk(session);
  const groups = groupEqual(session.markup.get().placed);
  expect(groups).toHaveLength(1);
  await show(
    <WithDesk desk={desk}>
      <ArticleLabels groups={groups} cards={CARDS} />
    </WithDesk>,
  );
  expect(one("button", "Hedge by Ana and Ben, on the whole article").getAttribute("aria-expanded")).toBe(
    "false",
  );
  await click("button", "Hedge by Ana and Ben");
  expect(calls).toEqual(["open ana/d1 fields"]);
  await click("button", "Label the article");
  await click("[role=menuitemcheckbox]", "Binding");
  expect(calls.at(-1)).toBe("label binding");
});

test("[QCK-9] in the list they come first and say what they are about; the filter finds them", async () => {
  const session = new FakeSession(TEXT);
  const label = documentMark({ id: "d1", tags: ["hedge"] });
  session.put(placedMark(TEXT, { from: 0, to: 9 }, { id: "1" }), label);
  const rows = listRows(groupEqual([label]), {
    codebook,
    grouping: "position",
    outline: [],
    findingsOf: () => [],
    closed: new Set(),
    activeKey: null,
  });
  expect(rows[0]).toMatchObject({ kind: "heading", title: "The whole article" });
  const filter = { ...EVERYTHING, states: ["document" as const] };
  const found = session.markup.get().placed.filter((placed) => matches(filter, factsOf(placed, [])));
  expect(found.map(({ annotation }) => annotation.id)).toEqual(["d1"]);
  const { at } = await openStage(session);
  expect(at().marks.shown.whole.map(({ key }) => key)).toEqual(["ana/d1"]);
  expect(at().marks.shown.groups.map(({ key }) => key)).toEqual(["ana/1"]);
  expect(at().marks.total).toBe(2);
  expect(shown()).not.toBeNull();
});
