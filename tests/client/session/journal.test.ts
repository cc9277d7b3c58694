import { expect, test } from "vitest";
import * as Y from "yjs";
import { Journal, type Shelves } from "../../../client/session/journal.ts";

function shelves(room = Number.POSITIVE_INFINITY): Shelves & { readonly names: () => string[] } {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      items.set(name, value);
    },
    removeItem: (name) => void items.delete(name),
    key: (at) => [...items.keys()][at] ?? null,
    get length() {
      return items.size;
    },
    names: () => [...items.keys()],
  };
}

/** A text that grows by a word at each call, and what each call changed. */
function writer() {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  return (words: string): Uint8Array => {
    doc.getText("t").insert(doc.getText("t").length, words);
    return updates.at(-1) ?? new Uint8Array();
  };
}

function read(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getText("t").toJSON();
}

test("[SES-27] what the local copy does not hold yet is found by the next visit", () => {
  const shelf = shelves();
  const type = writer();
  const journal = new Journal(shelf, "gloss/me/room/1", "tab 1");
  journal.add(type("We "));
  journal.add(type("shall "));
  const next = new Journal(shelf, "gloss/me/room/1", "tab 2").left();
  expect(read(next.updates)).toBe("We shall ");
  next.forget();
  expect(shelf.names()).toEqual([]);
});

test("[SES-27] what the local copy holds is not written down any longer", () => {
  const shelf = shelves();
  const type = writer();
  const first = type("We ");
  const journal = new Journal(shelf, "room", "tab 1");
  journal.add(first);
  journal.add(type("shall"));
  journal.written(1);
  expect(read([first, ...new Journal(shelf, "room", "tab 2").left().updates])).toBe("We shall");
  expect(journal.length).toBe(1);
  journal.written(1);
  expect(shelf.names()).toEqual([]);
});

test("[SES-27] each room has its own, and a tab that writes on keeps what it wrote", () => {
  const shelf = shelves();
  const type = writer();
  const here = new Journal(shelf, "room", "tab 1");
  here.add(type("We "));
  expect(new Journal(shelf, "another room", "tab 2").left().updates).toEqual([]);
  const left = new Journal(shelf, "room", "tab 2").left();
  here.add(type("shall"));
  left.forget();
  expect(read(new Journal(shelf, "room", "tab 3").left().updates)).toBe("We shall");
});

test("[SES-27] what is too large, or finds no room, is left to the local copy", () => {
  const type = writer();
  const small = shelves(40);
  const journal = new Journal(small, "room", "tab");
  journal.add(type("We shall report on what we did, every year, to everybody who asks for it."));
  expect(small.names()).toEqual([]);
  const large = shelves();
  const other = new Journal(large, "room", "tab");
  other.add(type("x".repeat(200_000)));
  expect(large.names()).toEqual([]);
});

test("[SES-27] a copy that is forgotten is forgotten here too", () => {
  const shelf = shelves();
  const type = writer();
  new Journal(shelf, "room", "tab 1").add(type("We "));
  const journal = new Journal(shelf, "room", "tab 2");
  journal.add(type("shall"));
  journal.clear();
  expect(shelf.names()).toEqual([]);
});

test("[SES-27] what cannot be read is left where it is and keeps nothing else from being read", () => {
  const shelf = shelves();
  const type = writer();
  new Journal(shelf, "room", "tab 1").add(type("We shall"));
  const [name = ""] = shelf.names();
  const whole = shelf.getItem(name) ?? "";
  const broken = ["", "not base64!", whole.slice(0, 8), btoa("no update")];
  broken.forEach((text, at) => shelf.setItem(`gloss/journal/room/broken ${at}`, text));
  const { updates, forget } = new Journal(shelf, "room", "tab 2").left();
  expect(read(updates)).toBe("We shall");
  forget();
  expect(shelf.names()).toHaveLength(broken.length);
});
