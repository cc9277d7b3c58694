import { expect, test } from "vitest";
import { OwnerTable } from "../../../server/sync/guard/owners.ts";

test("[GRD-11] a client id belongs to one user for good", () => {
  const owners = new OwnerTable(new Map([[1, "ada"]]));
  expect(owners.ownerOf(1)).toBe("ada");
  expect(owners.ownerOf(2)).toBeNull();
  owners.bind(2, "bob");
  owners.bind(2, "bob");
  expect(owners.ownerOf(2)).toBe("bob");
  expect(() => owners.bind(2, "ada")).toThrow("belongs to bob");
  expect([owners.owned("ada"), owners.owned("bob"), owners.owned("cleo")]).toEqual([1, 1, 0]);
});

test("[GRD-11] an announced id is kept for its user, also when the last of their connections is released", () => {
  const owners = new OwnerTable(new Map());
  expect(owners.reserve(5, "ada", "tab 1")).toBe(true);
  expect(owners.reserve(5, "ada", "tab 2")).toBe(true);
  expect(owners.reserve(5, "bob", "tab 3")).toBe(false);
  owners.release("tab 1");
  expect(owners.reservedFor(5)).toBe("ada");
  owners.release("tab 2");
  expect(owners.reservedFor(5)).toBe("ada");
  expect([owners.allows(5, "ada"), owners.allows(5, "bob"), owners.allows(6, "bob")]).toEqual([
    true,
    false,
    true,
  ]);
  expect(owners.reserve(5, "bob", "tab 3")).toBe(false);
  expect(owners.reserve(5, "ada", "tab 4")).toBe(true);
});

test("[GRD-11] of the ids that somebody announced before they left, the latest 64 are kept", () => {
  const owners = new OwnerTable(new Map());
  for (let client = 0; client < 100; client += 1) {
    owners.reserve(client, "ada", `tab ${client}`);
    owners.release(`tab ${client}`);
  }
  owners.reserve(200, "bob", "bob's tab");
  owners.release("bob's tab");
  expect([35, 36, 99, 200].map((client) => owners.reservedFor(client))).toEqual([null, "ada", "ada", "bob"]);
});

test("[GRD-11] announced ids outlive that a room is read again", () => {
  const before = new OwnerTable(new Map());
  before.reserve(5, "ada", "tab 1");
  before.reserve(6, "ada", "tab 2");
  before.release("tab 2");
  before.reserve(7, "bob", "tab 3");
  const after = new OwnerTable(new Map([[7, "cleo"]]));
  after.inherit(before);
  expect([5, 6, 7].map((client) => after.reservedFor(client))).toEqual(["ada", "ada", null]);
});

test("[GRD-11] an owned id can be announced by its owner only", () => {
  const owners = new OwnerTable(new Map([[1, "ada"]]));
  expect(owners.reserve(1, "ada", "tab")).toBe(true);
  expect(owners.reserve(1, "bob", "tab")).toBe(false);
  expect(owners.reservedFor(1)).toBeNull();
});

test("[GRD-11] one connection cannot announce ids without end", () => {
  const owners = new OwnerTable(new Map());
  const kept = Array.from({ length: 100 }, (_, client) => owners.reserve(client, "ada", "tab"));
  expect(kept.filter(Boolean)).toHaveLength(16);
  expect(owners.reserve(0, "ada", "tab")).toBe(true);
  expect(owners.reserve(99, "ada", "another tab")).toBe(true);
});
