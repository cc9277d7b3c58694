import { expect, test } from "vitest";
import { inCodebookOrder, pressTag } from "../../../client/feature/annotate/toggle.ts";
import { codebook } from "../fake-session.ts";

const exclusive = { ...codebook, tagMode: { ...codebook.tagMode, default: "exclusive" as const } };

test("[WRK-1] a tag on a span without a mark of mine makes one", () => {
  expect(pressTag(codebook, null, "binding")).toEqual({ kind: "create", tags: ["binding"] });
});

test("[WRK-2] a second tag on the same span joins the first, in the order of the codebook", () => {
  expect(pressTag(codebook, { id: "m", tags: ["conditional"] }, "binding")).toEqual({
    kind: "change",
    id: "m",
    tags: ["binding", "conditional"],
    added: true,
  });
});

test("[WRK-2] pressing a tag again takes it away; the last one takes the mark with it", () => {
  expect(pressTag(codebook, { id: "m", tags: ["binding", "conditional"] }, "binding")).toEqual({
    kind: "change",
    id: "m",
    tags: ["conditional"],
    added: false,
  });
  expect(pressTag(codebook, { id: "m", tags: ["binding"] }, "binding")).toEqual({ kind: "delete", id: "m" });
});

test("[WRK-3] where one tag a span is allowed, a tag takes the place of the other", () => {
  expect(pressTag(exclusive, { id: "m", tags: ["binding"] }, "conditional")).toMatchObject({
    tags: ["conditional"],
  });
});

test("[WRK-2] tags that the codebook does not know stay, at the end", () => {
  expect(inCodebookOrder(codebook, ["old", "conditional", "binding"])).toEqual([
    "binding",
    "conditional",
    "old",
  ]);
});
