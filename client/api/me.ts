import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Me } from "#shared/wire/shapes.ts";
import { call, type Input } from "./client.ts";
import { keys } from "./keys.ts";
import { ApiProblem } from "./problem.ts";

export type { Me } from "#shared/wire/shapes.ts";

async function fetchMe(signal: AbortSignal): Promise<Me | null> {
  try {
    return await call("getMe", { signal });
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.code === "not-signed-in") return null;
    throw problem;
  }
}

/** Who is signed in; null for nobody. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => fetchMe(signal),
  staleTime: 60_000,
});

export function useMe() {
  return useQuery(meQuery);
}

/** From now on somebody else looks at this page; nothing that was read for the last one stays. */
export function arriveAs(client: QueryClient, me: Me | null): void {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
  client.setQueryData(keys.me, me);
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"signIn">["body"]) => call("signIn", { body }),
    onSuccess: (me) => arriveAs(client, me),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call("signOut"),
    onSuccess: () => arriveAs(client, null),
  });
}

/** Shows at once, and goes back when the server refuses. */
export function usePatchMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Input<"patchMe">["body"]) => call("patchMe", { body }),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey: keys.me });
      const before = client.getQueryData<Me | null>(keys.me);
      if (before) {
        client.setQueryData<Me>(keys.me, {
          ...before,
          name: patch.name ?? before.name,
          color: patch.color ?? before.color,
        });
      }
      return before;
    },
    onError: (_error, _patch, before) => client.setQueryData(keys.me, before),
    onSuccess: (me) => {
      client.setQueryData(keys.me, me);
      return client.invalidateQueries({ queryKey: keys.members });
    },
  });
}

/** Turns a guest into an account; the person and their marks stay the same. */
export function useAddCredentials() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"addCredentials">["body"]) => call("addCredentials", { body }),
    onSuccess: (me) => client.setQueryData(keys.me, me),
  });
}

export function useChangePassword() {
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"changePassword">["body"]) => call("changePassword", { body }),
  });
}
