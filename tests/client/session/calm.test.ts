import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { afterPause, afterRest, Calm } from "../../../client/session/frame.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[EDS-1] many wishes are one run, once they have stopped", () => {
  const run = vi.fn();
  const calm = new Calm(afterPause, run);
  for (let key = 0; key < 8; key += 1) {
    calm.wish();
    vi.advanceTimersByTime(100);
  }
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10_000);
  expect(run).toHaveBeenCalledTimes(1);
});

test("[EDS-1] wishes without end are granted every two seconds", () => {
  const run = vi.fn();
  const calm = new Calm(afterPause, run);
  for (let key = 0; key < 100; key += 1) {
    calm.wish();
    vi.advanceTimersByTime(100);
  }
  expect(run.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(run.mock.calls.length).toBeLessThanOrEqual(5);
});

test("[EDS-2] what may wait less is granted sooner", () => {
  const run = vi.fn();
  const calm = new Calm(afterRest(100), run, 500);
  for (let key = 0; key < 20; key += 1) {
    calm.wish();
    vi.advanceTimersByTime(80);
  }
  expect(run.mock.calls.length).toBeGreaterThanOrEqual(2);
  calm.wish();
  expect(calm.waits).toBe(true);
  run.mockClear();
  vi.advanceTimersByTime(100);
  expect(run).toHaveBeenCalledTimes(1);
  expect(calm.waits).toBe(false);
});

test("[EDS-1] what was stopped says whether it had something to do", () => {
  const run = vi.fn();
  const calm = new Calm(afterPause, run);
  expect(calm.stop()).toBe(false);
  calm.wish();
  expect(calm.stop()).toBe(true);
  vi.advanceTimersByTime(10_000);
  expect(run).not.toHaveBeenCalled();
});
