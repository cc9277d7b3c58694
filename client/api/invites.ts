import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type Input, type Output } from "./client.ts";
import { keys } from "./keys.ts";

export type { Invite } from "#shared/wire/shapes.ts";

type List = Output<"listInvites">;

export function useInvites(enabled = true) {
  return useQuery({
    queryKey: keys.invites,
    queryFn: ({ signal }) => call("listInvites", { signal }),
    enabled,
  });
}

export function useCreateInvite() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"createInvite">["body"]) => call("createInvite", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.invites }),
  });
}

/** Shows at once, and goes back when the server refuses. */
export function useRevokeInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("revokeInvite", { params: { id } }),
    onMutate: async (id) => {
      await client.cancelQueries({ queryKey: keys.invites });
      const before = client.getQueryData<List>(keys.invites);
      client.setQueryData<List>(
        keys.invites,
        (list) => list && { items: list.items.filter((invite) => invite.id !== id) },
      );
      return before;
    },
    onError: (_error, _id, before) => client.setQueryData(keys.invites, before),
    onSettled: () => client.invalidateQueries({ queryKey: keys.invites }),
  });
}
