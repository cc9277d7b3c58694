import { expect, test } from "vitest";
import { MarkFacts } from "../../../client/page/article/mark-facts.ts";
import { derived } from "../../../client/session/derived.ts";
import { Cell } from "../../../client/session/cell.ts";
import { ben, codebook, FakeSession, placedMark } from "../fake-session.ts";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

test("[WRK-37] typing before a mark moves it and changes nothing that is computed from it", () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, { from: 0, to: 21 }, { id: "1", tags: ["conditional"] }));
  const facts = new MarkFacts(session.markup, codebook);
  const content = facts.content.get();
  const [mark] = content;
  if (!mark) throw new Error("no mark");
  const findings = facts.findingsOf(mark);
  const { placement } = mark;
  const moved = {
    ...mark,
    placement: {
      ...placement,
      pieces: placement.pieces.map((piece) => ({ ...piece, from: piece.from + 1 })),
    },
  };
  session.markup.set({ version: 9, placed: [moved], byKey: new Map([[moved.key, moved]]), unreadable: 0 });
  expect(facts.content.get()).toBe(content);
  expect(facts.findingsOf(moved)).toBe(findings);
  expect(facts.layerOf("ana")).toEqual([moved]);
});

test("[WRK-37] a changed mark, a changed state and a link from another mark are seen", () => {
  const session = new FakeSession(TEXT);
  session.put(placedMark(TEXT, { from: 23, to: 40 }, { id: "a", tags: ["actor"] }));
  session.put(placedMark(TEXT, { from: 0, to: 69 }, { id: "p", tags: ["binding"] }));
  const facts = new MarkFacts(session.markup, codebook);
  const idsOf = (id: string) => {
    const placed = session.markup.get().byKey.get(`ana/${id}`);
    return placed ? facts.findingsOf(placed).map((finding) => finding.id) : null;
  };
  const before = facts.content.get();
  expect(idsOf("a")).toEqual(["element-unlinked"]);
  session.changeMark("p", { links: [{ type: "has-actor", to: "a" }] });
  expect(facts.content.get()).not.toBe(before);
  expect(idsOf("a")).toEqual([]);
});

test("[WRK-37] a mark is not checked again because another one of the same author says something else", () => {
  const session = new FakeSession(TEXT);
  const mark = placedMark(TEXT, { from: 23, to: 40 }, { id: "a", tags: ["actor"] });
  let checked = 0;
  const annotation = {
    ...mark.annotation,
    get fields() {
      checked += 1;
      return {};
    },
  };
  const links = [{ type: "has-actor", to: "a" }];
  session.put(
    { ...mark, annotation },
    placedMark(TEXT, { from: 0, to: 69 }, { id: "p", tags: ["binding"], patch: { links } }),
  );
  const facts = new MarkFacts(session.markup, codebook);
  const check = () => {
    const placed = session.markup.get().byKey.get("ana/a");
    return placed && facts.findingsOf(placed).map(({ id }) => id);
  };
  expect(check()).toEqual([]);
  session.changeMark("p", { tags: ["binding", "conditional"] });
  expect(check()).toEqual([]);
  expect(checked).toBe(1);
  session.changeMark("p", { links: [] });
  expect(check()).toEqual(["element-unlinked"]);
});

test("[WRK-37] layers are told apart by author", () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(TEXT, { from: 0, to: 5 }, { id: "1" }),
    placedMark(TEXT, { from: 0, to: 5 }, { id: "2", author: ben }),
  );
  const facts = new MarkFacts(session.markup, codebook);
  expect(facts.layerOf("ben").map(({ key }) => key)).toEqual(["ben/2"]);
  expect(facts.layerOf("nobody")).toEqual([]);
});

test("[WRK-37] a derived store computes once for each value of its source", () => {
  const source = new Cell(1);
  let computed = 0;
  const double = derived<number, number>(source, (value) => {
    computed += 1;
    return value * 2;
  });
  expect([double.get(), double.get()]).toEqual([2, 2]);
  source.set(2);
  expect(double.get()).toBe(4);
  expect(computed).toBe(2);
});
