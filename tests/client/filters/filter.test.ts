import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "#shared/model/checks.ts";
import {
  EVERYTHING,
  facetCounts,
  factsOf,
  isEverything,
  matches,
  parseFilter,
  STATES,
  statesOf,
  toggled,
  type Facts,
  type Filter,
} from "../../../client/feature/filters/filter.ts";
import { ben, placedMark } from "../fake-session.ts";

const missing: Finding = { id: "x", severity: "warning", message: "", missing: true, attribute: null };
const facts = (given: Partial<Facts>): Facts => ({
  tags: ["binding"],
  author: "ana",
  mine: true,
  states: ["whole"],
  sign: "open",
  ...given,
});

test("[WRK-17] nothing chosen shows everything", () => {
  expect(isEverything(EVERYTHING)).toBe(true);
  expect(matches(EVERYTHING, facts({}))).toBe(true);
});

test("[WRK-17] values of one group widen, groups narrow each other", () => {
  const filter: Filter = { ...EVERYTHING, tags: ["binding", "actor"], whose: "others" };
  expect(matches(filter, facts({ mine: false }))).toBe(true);
  expect(matches(filter, facts({ mine: false, tags: ["actor"] }))).toBe(true);
  expect(matches(filter, facts({ mine: true }))).toBe(false);
  expect(matches(filter, facts({ mine: false, tags: ["deadline"] }))).toBe(false);
});

test("[WRK-17] a mark can be whole, changed, incomplete, detached, and two of these at once", () => {
  expect(statesOf("whole", [])).toEqual(["whole"]);
  expect(statesOf("part", [missing])).toEqual(["changed", "incomplete"]);
  expect(statesOf("detached", [])).toEqual(["detached"]);
  expect(statesOf("locating", [])).toEqual([]);
  const placed = placedMark("we will", { from: 0, to: 2 }, { id: "1", author: ben, state: "edited" });
  expect(factsOf(placed, [])).toEqual({
    tags: ["binding"],
    author: "ben",
    mine: false,
    states: ["changed"],
    sign: "open",
  });
});

test("[WRK-17] choosing a value again takes it back", () => {
  const once = toggled(EVERYTHING, "tags", "binding");
  expect(once.tags).toEqual(["binding"]);
  expect(isEverything(toggled(once, "tags", "binding"))).toBe(true);
});

test("[WRK-18] the number beside a value is what choosing it alone in its group shows", () => {
  const someFacts = fc.record({
    tags: fc.subarray(["binding", "conditional", "actor"], { minLength: 1 }),
    author: fc.constantFrom("ana", "ben"),
    mine: fc.boolean(),
    states: fc.subarray([...STATES]),
    sign: fc.constantFrom("open" as const, "accepted" as const, "changed" as const),
  });
  const someFilter = fc.record({
    tags: fc.subarray(["binding", "conditional", "actor"]),
    authors: fc.subarray(["ana", "ben"]),
    states: fc.subarray([...STATES]),
    signs: fc.subarray(["open" as const, "accepted" as const, "changed" as const]),
    whose: fc.constantFrom("all" as const, "mine" as const, "others" as const),
  });
  fc.assert(
    fc.property(fc.array(someFacts), someFilter, (all, filter) => {
      const counts = facetCounts(filter, all);
      const shownWith = (change: Partial<Filter>) =>
        all.filter((one) => matches({ ...filter, ...change }, one)).length;
      expect(counts.shown).toBe(shownWith({}));
      for (const tag of ["binding", "conditional", "actor"]) {
        expect(counts.tags.get(tag) ?? 0).toBe(shownWith({ tags: [tag] }));
      }
      for (const state of STATES) expect(counts.states.get(state) ?? 0).toBe(shownWith({ states: [state] }));
      for (const sign of ["open", "accepted", "changed"] as const) {
        expect(counts.signs.get(sign) ?? 0).toBe(shownWith({ signs: [sign] }));
      }
      expect(counts.authors.get("ben") ?? 0).toBe(shownWith({ authors: ["ben"] }));
      expect(counts.mine).toBe(shownWith({ whose: "mine" }));
      expect(counts.others).toBe(shownWith({ whose: "others" }));
    }),
  );
});

test("[RVS-18] marks are shown by how they stand in review", () => {
  const filter: Filter = toggled(toggled(EVERYTHING, "signs", "changed"), "signs", "rejected");
  expect(isEverything(filter)).toBe(false);
  expect(matches(filter, facts({ sign: "changed" }))).toBe(true);
  expect(matches(filter, facts({ sign: "accepted" }))).toBe(false);
  expect(matches(filter, facts({}))).toBe(false);
});

test("[WRK-19] a remembered filter comes back; a broken one means everything", () => {
  const filter: Filter = { ...EVERYTHING, states: ["detached"] };
  expect(parseFilter(JSON.stringify(filter))).toEqual(filter);
  const { signs: _signs, ...older } = filter;
  expect(parseFilter(JSON.stringify(older))).toEqual(filter);
  expect(parseFilter("{")).toEqual(EVERYTHING);
  expect(parseFilter('{"tags":3}')).toEqual(EVERYTHING);
  expect(parseFilter(null)).toEqual(EVERYTHING);
});
