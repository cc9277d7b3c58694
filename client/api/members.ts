import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Role } from "#shared/model/role.ts";
import { call, type Output } from "./client.ts";
import { keys } from "./keys.ts";

export type { Member } from "#shared/wire/shapes.ts";

type List = Output<"listMembers">;

export function useMembers() {
  return useQuery({ queryKey: keys.members, queryFn: ({ signal }) => call("listMembers", { signal }) });
}

/** Shows at once, and goes back when the server refuses (the last owner stays owner). */
export function useChangeRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      call("patchMember", { params: { id }, body: { role } }),
    onMutate: async ({ id, role }) => {
      await client.cancelQueries({ queryKey: keys.members });
      const before = client.getQueryData<List>(keys.members);
      client.setQueryData<List>(
        keys.members,
        (list) =>
          list && { items: list.items.map((member) => (member.id === id ? { ...member, role } : member)) },
      );
      return before;
    },
    onError: (_error, _change, before) => client.setQueryData(keys.members, before),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.members }),
        client.invalidateQueries({ queryKey: keys.me }),
      ]),
  });
}

export function useRemoveMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("removeMember", { params: { id } }),
    onSuccess: (_nothing, id) =>
      client.setQueryData<List>(
        keys.members,
        (list) => list && { items: list.items.filter((member) => member.id !== id) },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.members }),
  });
}
