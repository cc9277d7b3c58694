import { expect, test } from "vitest";
import { comings, gather } from "../../../client/feature/people/gather.ts";
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
  const here = gather([
    present({ clientId: 1 }),
    present({ clientId: 2, viewport: 40 }),
    present({ ...ana, clientId: 3, self: true }),
  ]);
  expect(here.map(({ name, clientId }) => [name, clientId])).toEqual([
    ["Ana", 3],
    ["Ben", 2],
  ]);
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
