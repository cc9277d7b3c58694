import { expect, test } from "vitest";
import { linkChoices, linksOf } from "../../../client/feature/margin/links.ts";
import { codebook, placedMark } from "../fake-session.ts";

const TEXT = "Following a ceasefire, the UK and France will establish hubs. The US will help.";
const promise = placedMark(TEXT, { from: 0, to: 60 }, { id: "promise", tags: ["binding", "conditional"] });
const near = placedMark(TEXT, { from: 23, to: 40 }, { id: "near", tags: ["actor"] });
const far = placedMark(TEXT, { from: 62, to: 68 }, { id: "far", tags: ["actor"] });
const condition = placedMark(TEXT, { from: 0, to: 21 }, { id: "condition", tags: ["condition"] });
const layer = [promise, near, far, condition];

test("[WRK-15] what can be linked follows the codebook, the nearest first", () => {
  const choices = linkChoices(codebook, promise, layer);
  expect(choices.map(({ type, other }) => [type, other.annotation.id])).toEqual([
    ["has-condition", "condition"],
    ["has-actor", "near"],
    ["has-actor", "far"],
  ]);
});

test("[WRK-15] an element can be linked from its own end; the link stands in the commitment", () => {
  const [choice] = linkChoices(codebook, condition, layer);
  expect(choice).toMatchObject({ type: "has-condition", outgoing: false });
  expect(choice?.from).toBe(promise);
  expect(choice?.other).toBe(promise);
});

test("[WRK-15] what is linked is not offered again, and shows at both ends", () => {
  const linked = placedMark(
    TEXT,
    { from: 0, to: 60 },
    {
      id: "promise",
      patch: {
        tags: ["conditional"],
        links: [
          { type: "has-condition", to: "condition" },
          { type: "has-actor", to: "gone" },
        ],
      },
    },
  );
  const now = [linked, condition];
  expect(linkChoices(codebook, linked, now)).toEqual([]);
  expect(
    linksOf(codebook, linked, now).map(({ label, other }) => [label, other?.annotation.id ?? null]),
  ).toEqual([
    ["only if", "condition"],
    ["done by", null],
  ]);
  expect(linksOf(codebook, condition, now)).toMatchObject([
    { outgoing: false, other: linked, to: "condition" },
  ]);
});
