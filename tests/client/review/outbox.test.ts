import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { ApiProblem, unreachable } from "../../../client/api/problem.ts";
import { Outbox, type Sent } from "../../../client/feature/review/outbox.ts";
import { newShelf } from "./reviewing.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const refusal = (status: number, detail: string) => new ApiProblem({ code: "bad-request", status, detail });

/** A server that does what it has not done yet, by id, and answers as it is told. */
function post(shelf = newShelf()) {
  const done: string[] = [];
  const sizes: number[] = [];
  const answers: ("lost" | "away" | ApiProblem)[] = [];
  const refused: string[] = [];
  let bad: string | null = null;
  const open = () =>
    new Outbox<string, string>({
      shelf,
      prefix: "box.",
      schema: z.string(),
      send: async (writes, most): Promise<readonly Sent<string>[]> => {
        const answer = answers.shift();
        if (answer === "away") throw unreachable();
        if (answer instanceof ApiProblem) throw answer;
        const some = writes.slice(0, Math.min(most, 3));
        sizes.push(some.length);
        if (some.length > 1 && bad !== null && some.includes(bad))
          throw refusal(422, "One of these is wrong.");
        for (const write of some) if (write !== bad && !done.includes(write)) done.push(write);
        if (answer === "lost") throw unreachable();
        return some.map((write) =>
          write === bad ? { ok: false, code: "no", sentence: "Not this one." } : { ok: true, result: write },
        );
      },
      onSent: () => undefined,
      onRefused: ({ sentence }) => refused.push(sentence),
    });
  return {
    shelf,
    done,
    sizes,
    answers,
    refused,
    open,
    spoil: (write: string) => {
      bad = write;
    },
  };
}

test("[RVS-1] what is said is sent in order, and nothing is left on the device then", async () => {
  const { open, done, shelf } = post();
  const box = open();
  for (const write of ["a", "b", "c"]) box.add(write);
  expect(shelf.length).toBe(3);
  await vi.runAllTimersAsync();
  expect(done).toEqual(["a", "b", "c"]);
  expect(shelf.length).toBe(0);
  expect(box.state.get()).toMatchObject({ waiting: [], trouble: null });
});

test("[RVS-1] without an answer it is tried again with longer pauses, and done once", async () => {
  const { open, done, answers } = post();
  answers.push("lost", "away", "away");
  const box = open();
  box.add("a");
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(["a"]);
  expect(box.state.get().trouble).toMatch(/does not answer/);
  expect(box.state.get().waiting).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(999);
  expect(answers).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(answers).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000 + 4_000);
  expect(done).toEqual(["a"]);
  expect(box.state.get()).toMatchObject({ waiting: [], trouble: null });
});

test("[RVS-1] a reload loses nothing and doubles nothing", async () => {
  const { open, done, answers, shelf } = post();
  answers.push("lost");
  const before = open();
  before.add("a");
  before.add("b");
  await vi.advanceTimersByTimeAsync(0);
  before.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shelf.length).toBe(2);
  const after = open();
  expect(after.state.get().waiting.map(({ write }) => write)).toEqual(["a", "b"]);
  await vi.runAllTimersAsync();
  expect(done).toEqual(["a", "b"]);
  expect(shelf.length).toBe(0);
});

test("[RVS-1] two tabs that begin with the same writes do each once, and neither takes the other's away", async () => {
  const { open, done, answers, shelf } = post();
  answers.push("away", "away");
  const one = open();
  one.add("a");
  const two = open();
  await vi.advanceTimersByTimeAsync(0);
  two.add("b");
  await vi.runAllTimersAsync();
  expect(done.toSorted()).toEqual(["a", "b"]);
  expect(shelf.length).toBe(0);
});

test("[RVS-1] what is on the device and cannot be read is left alone", async () => {
  const { open, done, shelf } = post();
  shelf.setItem("box.0", "{");
  shelf.setItem("box.1", '"a"');
  open();
  await vi.runAllTimersAsync();
  expect(done).toEqual(["a"]);
  expect(shelf.getItem("box.0")).toBe("{");
});

test("[RVS-2] what the server does not take is told with its sentence, and the others go through", async () => {
  const { open, done, refused, shelf, spoil } = post();
  spoil("b");
  const box = open();
  for (const write of ["a", "b", "c"]) box.add(write);
  await vi.runAllTimersAsync();
  expect(done).toEqual(["a", "c"]);
  expect(refused).toEqual(["Not this one."]);
  expect(box.state.get().refused).toMatchObject([{ write: "b", code: "no" }]);
  expect(shelf.length).toBe(0);
  box.dismiss();
  expect(box.state.get().refused).toEqual([]);
});

test("[RVS-1] signed out or slowed down, everything waits", async () => {
  const { open, done, answers } = post();
  const slow = new ApiProblem({ code: "rate-limited", status: 429, detail: "Later.", retryAfter: 7 });
  answers.push(refusal(401, "Sign in."), slow);
  const box = open();
  box.add("a");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(box.state.get().trouble).toBe("Later.");
  await vi.advanceTimersByTimeAsync(6_999);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual(["a"]);
});

test("[RVS-3] what has not been sent is dropped without a trace; what may have been is not", async () => {
  const { open, done, answers, shelf } = post();
  const box = open();
  box.add("a", 5_000);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(box.drop((write) => write === "a")).toBe(true);
  expect(shelf.length).toBe(0);
  await vi.runAllTimersAsync();
  expect(done).toEqual([]);
  answers.push("lost");
  box.add("b");
  await vi.advanceTimersByTimeAsync(0);
  expect(box.drop((write) => write === "b")).toBe(false);
  await vi.runAllTimersAsync();
  expect(done).toEqual(["b"]);
});

test("[RVS-1] a device without room says so, and sends all the same", async () => {
  const { open, done, shelf } = post();
  shelf.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const box = open();
  box.add("a");
  expect(box.state.get().kept).toBe(false);
  await vi.runAllTimersAsync();
  expect(done).toEqual(["a"]);
});
