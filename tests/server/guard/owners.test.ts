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

test("[GRD-11] an announced id is kept for its user until the last of their connections is released", () => {
  const owners = new OwnerTable(new Map());
  expect(owners.reserve(5, "ada", "tab 1")).toBe(true);
  expect(owners.reserve(5, "ada", "tab 2")).toBe(true);
  expect(owners.reserve(5, "bob", "tab 3")).toBe(false);
  owners.release("tab 1");
  expect(owners.reservedFor(5)).toBe("ada");
  owners.release("tab 2");
  expect(owners.reservedFor(5)).toBeNull();
  expect(owners.reserve(5, "bob", "tab 3")).toBe(true);
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
