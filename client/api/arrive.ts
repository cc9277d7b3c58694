import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type Input, type Output } from "./client.ts";
import { keys } from "./keys.ts";
import { arriveAs } from "./me.ts";

/** The two doors for people without a session: becoming the first owner, and joining by invitation. */

export type Invitation = Output<"getJoin">;

/** Whether the workspace waits for its first owner, and whether this one-time token opens it. */
export function useSetup(token: string) {
  return useQuery({
    queryKey: keys.setup(token),
    queryFn: ({ signal }) => call("getSetup", { query: { token }, signal }),
  });
}

export function useBecomeOwner() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"setup">["body"]) => call("setup", { body }),
    onSuccess: ({ me }) => arriveAs(client, me),
  });
}

/** What an invitation leads to; counts people there now again while the page is open. */
export function useInvitation(code: string) {
  return useQuery({
    queryKey: keys.join(code),
    queryFn: ({ signal }) => call("getJoin", { params: { code }, signal }),
    refetchInterval: (query) => (query.state.status === "error" ? false : 15_000),
  });
}

export function useJoin(code: string) {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"join">["body"]) => call("join", { params: { code }, body }),
    onSuccess: ({ me }) => {
      client.setQueryData(keys.me, me);
      return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
    },
  });
}
