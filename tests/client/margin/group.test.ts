import { expect, test } from "vitest";
import { groupEqual } from "../../../client/feature/margin/group.ts";
import { ana, ben, placedMark } from "../fake-session.ts";

const TEXT = "we will act if asked";
const span = { from: 3, to: 11 };

test("[WRK-12] equal marks of several people become one group, led by mine", () => {
  const groups = groupEqual([
    placedMark(TEXT, span, { id: "1", author: ben, tags: ["binding", "conditional"] }),
    placedMark(TEXT, span, { id: "2", author: ana, tags: ["conditional", "binding"] }),
  ]);
  expect(groups).toHaveLength(1);
  expect(groups[0]?.key).toBe("ana/2");
  expect(groups[0]?.members.map(({ author }) => author.name)).toEqual(["Ana", "Ben"]);
});

test("[WRK-12] other tags, other words or the same author stay apart", () => {
  const base = placedMark(TEXT, span, { id: "1", author: ben });
  expect(groupEqual([base, placedMark(TEXT, span, { id: "2", tags: ["actor"] })])).toHaveLength(2);
  expect(groupEqual([base, placedMark(TEXT, { from: 3, to: 7 }, { id: "2" })])).toHaveLength(2);
  expect(groupEqual([base, placedMark(TEXT, span, { id: "2", author: ben })])).toHaveLength(2);
  const lost = (id: string, author = ana) => placedMark(TEXT, [], { id, author });
  expect(groupEqual([lost("1"), lost("2", ben)])).toHaveLength(2);
});
