import { expect, test } from "vitest";
import { lostLines, Recoveries } from "../../../client/session/recovery.ts";

test("[SES-17] a recovery copy holds the lines the server does not have, each as often as it is missing", () => {
  expect(lostLines(["a", "b", "b", "", "c"], ["a", "b", "d"])).toEqual(["b", "c"]);
  expect(lostLines(["a"], ["a", "b"])).toEqual([]);
});

test("[SES-17] recovery copies outlive a reload, newest first, until dismissed", () => {
  const kept = new Map<string, string>();
  const shelf = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const copy = { room: "text", code: "forbidden", sentence: "No.", text: "lost", at: 1 } as const;
  const first = new Recoveries(shelf, "me", "a");
  first.add(copy);
  first.add({ ...copy, at: 2 });
  const later = new Recoveries(shelf, "me", "a");
  expect(later.list.get().map(({ at }) => at)).toEqual([2, 1]);
  expect(new Recoveries(shelf, "somebody", "a").list.get()).toEqual([]);
  later.dismiss();
  expect(new Recoveries(shelf, "me", "a").list.get()).toEqual([]);
});

test("[SES-17] an unreadable copy is passed over and a full device does not stop the copy from showing", () => {
  const shelf = {
    getItem: () => "{",
    setItem: () => {
      throw new Error("full");
    },
    removeItem: () => undefined,
  };
  const recoveries = new Recoveries(shelf, "me", "a");
  expect(recoveries.list.get()).toEqual([]);
  recoveries.add({ room: "layer", code: "x", sentence: "", text: "t", at: 1 });
  expect(recoveries.list.get()).toHaveLength(1);
});
