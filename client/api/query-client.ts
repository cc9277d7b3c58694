import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { keys } from "./keys.ts";
import { ApiProblem } from "./problem.ts";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Error;
    mutationMeta: {
      /** The form shows the failure itself, beside what has to be changed. */
      readonly inline?: boolean;
    };
  }
}

/**
 * The cache of server data. Only what may pass by itself is tried again (no answer, 5xx); a 4xx never.
 * `onFailure` hears of failed changes that no form shows by itself.
 */
export function createQueryClient(onFailure: (error: Error) => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => forgetMe(client, error) }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        forgetMe(client, error);
        if (mutation.meta?.inline !== true) onFailure(error);
      },
    }),
    defaultOptions: {
      queries: { retry: worthRetrying, retryDelay: backOff, staleTime: 10_000, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}

export function worthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiProblem && error.passing;
}

function backOff(failures: number): number {
  return Math.min(500 * 2 ** failures, 5_000);
}

/** A session that ended elsewhere shows as signed out everywhere. */
function forgetMe(client: QueryClient, error: Error): void {
  if (error instanceof ApiProblem && error.code === "not-signed-in") client.setQueryData(keys.me, null);
}
