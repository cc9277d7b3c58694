// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { SameWordsDialog } from "../../../client/feature/annotate/same-words-dialog.tsx";
import { samePlaces } from "../../../client/feature/annotate/same-places.ts";
import { ben, FakeSession, placedMark } from "../fake-session.ts";
import { clear, click, one, show, shown } from "../workspace/show.tsx";

const TEXT = "The parties will act. Others will act too.\nThe Parties Will Act, if they can. We will act.";

afterEach(clear);

const tagsAt = (session: FakeSession) =>
  session.markup
    .get()
    .placed.filter(({ mine }) => mine)
    .map(({ annotation, placement }) => `${placement.pieces[0]?.start} ${annotation.tags.join("+")}`);

async function open(session: FakeSession, tags: readonly string[] = ["binding"]) {
  const said: string[] = [];
  let closed = false;
  await show(
    <SameWordsDialog
      session={session}
      same={{ words: "will act", tags }}
      onDone={(message) => said.push(message)}
      onClose={() => (closed = true)}
    />,
  );
  return { said, isClosed: () => closed };
}

test("[QCK-6] the preview shows each place with what stands around it and leaves out what has the tag", () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 12, to: 20 }, { id: "1" }),
    placedMark(TEXT, { from: 29, to: 37 }, { id: "2", tags: ["hedge"] }),
    placedMark(TEXT, { from: 29, to: 37 }, { id: "3", author: ben, mine: false }),
  );
  const query = { words: "will act", wholeWords: true, matchCase: false };
  const { places, marked } = samePlaces(session.readText(), query, {
    tags: ["binding"],
    placed: session.markup.get().placed,
  });
  expect(marked).toBe(1);
  expect(places.map(({ before, words, after }) => [before, words, after])).toEqual([
    ["The parties will act. Others ", "will act", " too."],
    ["The Parties ", "Will Act", ", if they can. We will act."],
    ["The Parties Will Act, if they can. We ", "will act", "."],
  ]);
  expect(places.map(({ mine }) => mine?.annotation.id ?? null)).toEqual(["2", null, null]);
});

test("[QCK-6] one press tags all chosen places, one undo takes all back", async () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, { from: 29, to: 37 }, { id: "2", tags: ["hedge"] }));
  const { isClosed } = await open(session);
  expect(shown()).toContain("3 places to tag");
  await click("label", "All");
  expect(one("button", "Tag 0 places").hasAttribute("disabled")).toBe(true);
  await click("label", "0 of 3");
  await click("button", "Tag 3 places");
  expect(tagsAt(session)).toEqual(["12 binding", "29 binding+hedge", "81 binding"]);
  expect(isClosed()).toBe(true);
  session.undo();
  expect(tagsAt(session)).toEqual(["29 hedge"]);
});

test("[QCK-6] a text that has changed since it was shown is looked at again before anything is marked", async () => {
  const session = new FakeSession(TEXT);
  const { said } = await open(session);
  session.readText = () => ({
    text: `Now: ${TEXT}`,
    toPosition: (offset) => offset,
    blocks: [],
    toOffset: (position) => position,
  });
  await click("button", "Tag 3 places");
  expect(session.markup.get().placed).toEqual([]);
  expect(one("output").textContent).toContain("The text has changed meanwhile");
  await click("button", "Tag 3 places");
  expect(session.markup.get().placed).toHaveLength(3);
  expect(said).toEqual(["Binding added in 3 places"]);
});
