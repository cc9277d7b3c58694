import { expect, test } from "vitest";
import type { Change } from "#shared/review/judged.ts";
import { signOf } from "#shared/review/sign.ts";
import type { Standing } from "#shared/review/standing.ts";
import type { Verdict } from "#shared/model/verdict.ts";

const standing = (more: Partial<Standing>): Standing => ({
  state: "open",
  deciding: null,
  approvals: [],
  needed: 1,
  outdated: [],
  ...more,
});
const old = [{ verdict: {} as Verdict, change: {} as Change }];

test("[RVS-17] one sign says how a mark stands, and what no longer stands there as judged says so", () => {
  expect(signOf(standing({}))).toBe("open");
  expect(signOf(standing({ approvals: ["a"], needed: 2 }))).toBe("partly");
  expect(signOf(standing({ state: "applied" }))).toBe("accepted");
  expect(signOf(standing({ outdated: old }))).toBe("changed");
  expect(signOf(standing({ state: "deferred", outdated: old }))).toBe("changed");
  expect(signOf(standing({ state: "deferred" }))).toBe("deferred");
  for (const state of ["accepted", "rejected", "suggested", "discussed", "reopened"] as const) {
    expect(signOf(standing({ state, outdated: old }))).toBe(state);
  }
});
