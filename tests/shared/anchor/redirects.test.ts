import fc from "fast-check";
import { expect, test } from "vitest";
import { Provenance } from "#shared/anchor/provenance.ts";
import {
  checkRedirects,
  decodeRedirects,
  encodeRedirects,
  MAX_REDIRECT_BYTES,
  readRedirects,
  type Redirect,
} from "#shared/anchor/redirects.ts";

const anyRedirect: fc.Arbitrary<Redirect> = fc.record({
  clock: fc.oneof(fc.nat(1000), fc.nat(2 ** 40)),
  length: fc.integer({ min: 1, max: 5000 }),
  sourceClient: fc.oneof(fc.nat(3), fc.nat(2 ** 32)),
  sourceClock: fc.oneof(fc.nat(1000), fc.nat(2 ** 40)),
});

function readBack(elements: readonly Uint8Array[]): Redirect[] {
  return elements.flatMap((element) => {
    const decoded = decodeRedirects(element);
    if (typeof decoded === "string") throw new Error(decoded);
    return decoded;
  });
}

test("[ANC-14] records read back as they were written", () => {
  fc.assert(
    fc.property(fc.array(anyRedirect, { maxLength: 40 }), (redirects) => {
      const elements = encodeRedirects(redirects);
      expect(elements).toHaveLength(redirects.length === 0 ? 0 : 1);
      expect(readBack(elements)).toEqual(redirects);
    }),
  );
});

test("[ANC-14] a record too large for one element becomes several", () => {
  const redirects = Array.from({ length: 20_000 }, (_, i) => ({
    clock: i * 10,
    length: 3,
    sourceClient: i % 2 === 0 ? 2 ** 32 - 1 : 7,
    sourceClock: 2 ** 40 - i * 100,
  }));
  const elements = encodeRedirects(redirects);
  expect(elements.length).toBeGreaterThan(1);
  for (const element of elements) expect(element.length).toBeLessThanOrEqual(MAX_REDIRECT_BYTES);
  expect(readBack(elements)).toEqual(redirects);
});

test("[ANC-14] what follows on what came before takes few bytes", () => {
  const redirects = [
    { clock: 500, length: 40, sourceClient: 3_000_000_000, sourceClock: 100 },
    { clock: 540, length: 10, sourceClient: 3_000_000_000, sourceClock: 150 },
  ];
  expect(encodeRedirects(redirects)[0]?.length).toBe(15);
});

test("[ANC-15] random bytes are refused with a reason or read, and never fail otherwise", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(5), fc.nat(2 ** 33), (bytes, client, clock) => {
      const decoded = decodeRedirects(bytes);
      const read = readRedirects(bytes, client, clock);
      if (typeof decoded === "string") expect(read).toBe(decoded);
      if (typeof read === "string") expect(read).toMatch(/^(An|The) .*\.$/);
      else for (const redirect of read) expect(redirect.clock + redirect.length).toBeLessThanOrEqual(clock);
      expect(checkRedirects(bytes, client, clock)).toBe(typeof read === "string" ? read : null);
    }),
    { numRuns: 2000 },
  );
});

test("[ANC-15] what is cut short, empty, too large or of an unknown kind is refused", () => {
  const [element] = encodeRedirects([{ clock: 9, length: 4, sourceClient: 2, sourceClock: 1 }]);
  if (!element) throw new Error("nothing was written");
  const refused = [
    [element.slice(0, -1), "An element ends in the middle of an entry."],
    [new Uint8Array(), "An element is empty."],
    [new Uint8Array(MAX_REDIRECT_BYTES + 1), "An element is larger than 64 KB."],
    [Uint8Array.of(4, 1, 1, 1, 1), "An entry has unknown flags."],
    [Uint8Array.of(1, 1, 1, 1), "The first entry names no source."],
    [Uint8Array.of(0, 1, 1, 1, 0), "An entry covers nothing."],
  ] as const;
  for (const [bytes, reason] of refused) expect(decodeRedirects(bytes)).toBe(reason);
});

test("[ANC-16] a record speaks only of its writer's earlier characters, from older text", () => {
  const check = (redirect: Redirect, client: number, clock: number) =>
    checkRedirects(encodeRedirects([redirect])[0] ?? new Uint8Array(), client, clock);
  const redirect = { clock: 20, length: 5, sourceClient: 1, sourceClock: 10 };
  expect(check(redirect, 1, 25)).toBeNull();
  expect(check(redirect, 1, 24)).toBe("An entry speaks of characters that are not made yet.");
  expect(check({ ...redirect, sourceClock: 16 }, 1, 25)).toBe("An entry does not come from older text.");
  expect(check({ ...redirect, sourceClock: 30 }, 1, 99)).toBe("An entry does not come from older text.");
  expect(check({ ...redirect, sourceClock: 30 }, 2, 99)).toBeNull();
});

function roots(provenance: Provenance, client: number, clock: number, length: number) {
  const found: [number, number, number][] = [];
  provenance.eachRoot(client, clock, length, (...run) => found.push(run));
  return found;
}

test("[ANC-17] roots are followed through chains of copies, part by part", () => {
  const provenance = new Provenance();
  const learned: number[][] = [];
  const learn = (...run: number[]) => learned.push(run);
  provenance.add(2, { clock: 0, length: 10, sourceClient: 1, sourceClock: 100 }, learn);
  provenance.add(3, { clock: 5, length: 4, sourceClient: 2, sourceClock: 8 }, learn);
  expect(roots(provenance, 3, 0, 12)).toEqual([
    [3, 0, 5],
    [1, 108, 2],
    [2, 10, 2],
    [3, 9, 3],
  ]);
  expect(learned).toEqual([
    [2, 0, 10],
    [3, 5, 4],
  ]);
});

test("[ANC-17] what was stated first stays, only the unknown rest is learned", () => {
  const provenance = new Provenance();
  const learned: number[][] = [];
  const learn = (...run: number[]) => learned.push(run);
  provenance.add(2, { clock: 10, length: 10, sourceClient: 1, sourceClock: 0 }, learn);
  provenance.add(2, { clock: 30, length: 10, sourceClient: 1, sourceClock: 20 }, learn);
  provenance.add(2, { clock: 5, length: 50, sourceClient: 9, sourceClock: 1000 }, learn);
  expect(learned.slice(2)).toEqual([
    [2, 5, 5],
    [2, 20, 10],
    [2, 40, 15],
  ]);
  expect(roots(provenance, 2, 5, 50)).toEqual([
    [9, 1000, 5],
    [1, 0, 10],
    [9, 1015, 10],
    [1, 20, 10],
    [9, 1035, 15],
  ]);
});

test("[ANC-17] circular statements end", () => {
  const provenance = new Provenance();
  provenance.add(1, { clock: 0, length: 5, sourceClient: 2, sourceClock: 0 }, () => undefined);
  provenance.add(2, { clock: 0, length: 5, sourceClient: 1, sourceClock: 0 }, () => undefined);
  expect(roots(provenance, 1, 0, 5)).toHaveLength(1);
});
