import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Cell } from "../../../client/session/cell.ts";
import type { SaveState } from "../../../client/session/contract.ts";
import { steady } from "../../../client/session/steady.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene() {
  const save = new Cell<SaveState>({ kind: "saved" });
  const store = steady(save);
  const told: string[] = [];
  store.subscribe(() => told.push(store.get().kind));
  return { save, store, told };
}

test("[WRK-27] letters that are saved one after the other are told as one saving", () => {
  const { save, told } = scene();
  for (let letter = 0; letter < 5; letter += 1) {
    save.set({ kind: "saving", changes: 1 });
    vi.advanceTimersByTime(20);
    save.set({ kind: "saved" });
    vi.advanceTimersByTime(100);
  }
  expect(told).toEqual(["saving"]);
  vi.advanceTimersByTime(300);
  expect(told).toEqual(["saving", "saved"]);
});

test("[WRK-27] what is not safe is told at once, also in the middle of letters", () => {
  const { save, store, told } = scene();
  save.set({ kind: "saving", changes: 1 });
  save.set({ kind: "saved" });
  save.set({ kind: "offline", changes: 1 });
  expect(told).toEqual(["saving", "offline"]);
  save.set({ kind: "saving", changes: 1 });
  save.set({ kind: "refused", code: "frozen", sentence: "No." });
  expect(told).toEqual(["saving", "offline", "saving", "refused"]);
  vi.advanceTimersByTime(5_000);
  expect(store.get().kind).toBe("refused");
});

test("[WRK-27] while letters keep coming, how many are on their way is brought up to date", () => {
  const { save, store } = scene();
  for (let changes = 1; changes <= 40; changes += 1) {
    save.set({ kind: "saving", changes });
    vi.advanceTimersByTime(100);
  }
  const now = store.get();
  expect(now.kind === "saving" && now.changes).toBeGreaterThan(10);
});
