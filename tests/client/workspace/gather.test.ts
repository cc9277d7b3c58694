import { expect, test } from "vitest";
import { comings, gather, samePeople, viewOf } from "../../../client/feature/people/gather.ts";
import type { Present } from "../../../client/session/contract.ts";
import { ana, ben } from "../fake-session.ts";

const present = (given: Partial<Present>): Present => ({
  ...ben,
  clientId: 1,
  self: false,
  quiet: false,
  anchor: null,
  head: null,
  viewport: null,
  ...given,
});

test("[WRK-25] a person with two tabs is one face, followed in the tab that says what it shows", () => {
  const people = [
    present({ clientId: 1 }),
    present({ clientId: 2, viewport: 40 }),
    present({ ...ana, clientId: 3, self: true, viewport: 7 }),
  ];
  expect(gather(people).map(({ name }) => name)).toEqual(["Ana", "Ben"]);
  expect(viewOf(people, ben.id)).toBe(40);
  expect(viewOf(people.slice(0, 1), ben.id)).toBeNull();
});

test("[WRK-25] who scrolls or types is the same person here: nothing of the page is drawn again for it", () => {
  const before = gather([present({ viewport: 40, head: 3, anchor: 3 })]);
  expect(samePeople(before, gather([present({ viewport: 90, head: 4, anchor: 4 })]))).toBe(true);
  expect(samePeople(before, gather([present({ quiet: true })]))).toBe(false);
});

test("[WRK-25] my second tab is still me", () => {
  const here = gather([present({ ...ana, clientId: 1 }), present({ ...ana, clientId: 2, self: true })]);
  expect(here).toHaveLength(1);
  expect(here[0]?.self).toBe(true);
});

test("[WRK-26] who comes and goes is said in one sentence, never about myself", () => {
  const me = gather([present({ ...ana, self: true })]);
  const both = gather([present({ ...ana, self: true }), present({})]);
  expect(comings(me, both)).toBe("Ben joined");
  expect(comings(both, me)).toBe("Ben left");
  expect(comings([], me)).toBeNull();
  expect(comings(both, both)).toBeNull();
});
