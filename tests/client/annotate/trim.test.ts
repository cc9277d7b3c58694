import { expect, test } from "vitest";
import { trimRange } from "../../../client/feature/annotate/trim.ts";

test("[WRK-4] blanks at the ends of a selection do not belong to the mark", () => {
  expect(trimRange({ from: 10, to: 17 }, "  act  ")).toEqual({ from: 12, to: 15 });
  expect(trimRange({ from: 10, to: 13 }, "act")).toEqual({ from: 10, to: 13 });
});

test("[WRK-4] a selection of blanks is none", () => {
  expect(trimRange({ from: 10, to: 13 }, " \n ")).toBeNull();
  expect(trimRange({ from: 10, to: 10 }, "")).toBeNull();
});

test("[WRK-4] over several blocks only the outer ends are cut", () => {
  expect(trimRange({ from: 5, to: 20 }, " one \n two ")).toEqual({ from: 6, to: 19 });
  expect(trimRange({ from: 5, to: 20 }, "\none\n")).toEqual({ from: 5, to: 20 });
});
