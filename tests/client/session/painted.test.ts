import { expect, test } from "vitest";
import { Cell } from "../../../client/session/cell.ts";
import { painted } from "../../../client/session/painted.ts";

function scene() {
  const source = new Cell(0);
  const waiting = new Set<() => void>();
  const store = painted(source, (task) => {
    waiting.add(task);
    return () => void waiting.delete(task);
  });
  const frame = () => {
    for (const task of waiting) {
      waiting.delete(task);
      task();
    }
  };
  return { source, store, frame, waiting };
}

test("[EDS-3] who listens is told of several changes once, in the frame after them", () => {
  const { source, store, frame } = scene();
  const seen: number[] = [];
  const stop = store.subscribe(() => seen.push(store.get()));
  source.set(1);
  source.set(2);
  expect([store.get(), store.waits(), seen]).toEqual([0, true, []]);
  frame();
  expect([store.get(), store.waits(), seen]).toEqual([2, false, [2]]);
  stop();
});

test("[EDS-3] what a person does next finds it caught up", () => {
  const { source, store, frame } = scene();
  const seen: number[] = [];
  store.subscribe(() => seen.push(store.get()));
  source.set(1);
  store.flush();
  frame();
  expect([store.get(), seen]).toEqual([1, [1]]);
});

test("[EDS-3] while nobody listens it is as its source is, and waits for nothing", () => {
  const { source, store, waiting } = scene();
  const stop = store.subscribe(() => {});
  source.set(1);
  stop();
  expect([store.get(), waiting.size]).toEqual([1, 0]);
  source.set(2);
  expect([store.get(), waiting.size]).toEqual([2, 0]);
});
