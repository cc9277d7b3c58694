import { MutationObserver, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { keys } from "../../../client/api/keys.ts";
import { ApiProblem, unreachable } from "../../../client/api/problem.ts";
import { createQueryClient, worthRetrying } from "../../../client/api/query-client.ts";
import { me } from "../feature-shell/things.ts";

const refused = new ApiProblem({ code: "forbidden", status: 403, detail: "No." });
const signedOut = new ApiProblem({ code: "not-signed-in", status: 401, detail: "Sign in first." });

afterEach(() => vi.useRealTimers());

/** Asks until the query has settled, with the clock run forward; gives how often the server was asked. */
async function askUntilSettled(failure: Error): Promise<number> {
  vi.useFakeTimers();
  const ask = vi.fn(() => Promise.reject(failure));
  const client = createQueryClient(() => undefined);
  const observer = new QueryObserver(client, { queryKey: ["x"], queryFn: ask });
  const stop = observer.subscribe(() => undefined);
  await vi.runAllTimersAsync();
  expect(observer.getCurrentResult().error).toBe(failure);
  stop();
  return ask.mock.calls.length;
}

test("[UI-4] a refused call is never sent again by itself", async () => {
  expect(await askUntilSettled(refused)).toBe(1);
});

test("[UI-4] a silent server is asked twice more", async () => {
  expect(await askUntilSettled(unreachable())).toBe(3);
});

test("[UI-4] only what may pass by itself is worth another try", () => {
  const failed = new ApiProblem({ code: "internal", status: 500, detail: "Oh." });
  expect(worthRetrying(0, failed)).toBe(true);
  expect(worthRetrying(2, failed)).toBe(false);
  expect(worthRetrying(0, refused)).toBe(false);
  expect(worthRetrying(0, new TypeError("a bug"))).toBe(false);
});

test("[UI-5] a session that ended elsewhere shows as signed out", async () => {
  const client = createQueryClient(() => undefined);
  client.setQueryData(keys.me, me());
  await client
    .fetchQuery({ queryKey: keys.members, queryFn: () => Promise.reject(signedOut) })
    .catch(() => 0);
  expect(client.getQueryData(keys.me)).toBeNull();
});

test("[UI-8] a change that fails is told, unless its form tells it", async () => {
  const told = vi.fn();
  const client = createQueryClient(told);
  const fail = (inline: boolean) =>
    new MutationObserver(client, { mutationFn: () => Promise.reject(refused), meta: { inline } })
      .mutate()
      .catch(() => undefined);
  await fail(true);
  expect(told).not.toHaveBeenCalled();
  await fail(false);
  expect(told).toHaveBeenCalledExactlyOnceWith(refused);
});
