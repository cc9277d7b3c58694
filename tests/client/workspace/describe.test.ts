import { expect, test } from "vitest";
import { describe, newsOf } from "../../../client/page/article/describe.ts";
import { MarkFacts } from "../../../client/page/article/mark-facts.ts";
import { ben, codebook, FakeSession, placedMark } from "../fake-session.ts";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

test("[WRK-31] the marks at a place are one sentence with tags, people and states", () => {
  const session = new FakeSession(TEXT);
  const mine = placedMark(TEXT, { from: 0, to: 69 }, { id: "1", tags: ["conditional"], state: "edited" });
  const his = placedMark(TEXT, { from: 0, to: 21 }, { id: "2", author: ben, tags: ["binding", "deadline"] });
  session.put(mine, his);
  const { findingsOf } = new MarkFacts(session.markup, codebook);
  expect(describe(codebook, [his, mine], findingsOf)).toBe(
    "2 annotations: Binding and Deadline by Ben; Conditional by you, text was added inside, incomplete",
  );
  expect(describe(codebook, [], findingsOf)).toBe("No annotations here");
});

test("[VIEW-13] who asks for the marks at a place hears their fields, links and notes too", () => {
  const session = new FakeSession(TEXT);
  const patch = { fields: { actor: ["UK", "France"], strength: "declared" }, note: "ask Ana" };
  const mark = placedMark(TEXT, { from: 0, to: 21 }, { id: "1", author: ben, patch });
  session.put(mark);
  const { findingsOf } = new MarkFacts(session.markup, codebook);
  const said = describe(codebook, [mark], findingsOf, "fields");
  expect(said).toMatch(/^1 annotation: Binding by Ben, /);
  expect(said).toMatch(/Actor: UK, France/);
  expect(said).toMatch(/note: ask Ana$/);
  expect(describe(codebook, [mark], findingsOf)).toBe("1 annotation: Binding by Ben");
});

test("[WRK-26] what others added is one sentence; what I added is none", () => {
  const mine = placedMark(TEXT, { from: 0, to: 2 }, { id: "1" });
  const one = placedMark(TEXT, { from: 0, to: 2 }, { id: "2", author: ben });
  const two = placedMark(TEXT, { from: 4, to: 6 }, { id: "3", author: ben });
  expect(newsOf(new Set([one.key]), [mine, one])).toBeNull();
  expect(newsOf(new Set(), [mine, one, two])).toBe("Ben added 2 annotations");
});
