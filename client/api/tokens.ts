import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type Output } from "./client.ts";
import { keys } from "./keys.ts";

export type { Token } from "#shared/wire/shapes.ts";

type List = Output<"listTokens">;

export function useTokens() {
  return useQuery({ queryKey: keys.tokens, queryFn: ({ signal }) => call("listTokens", { signal }) });
}

/** The answer holds the token itself, this once. */
export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (name: string) => call("createToken", { body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("revokeToken", { params: { id } }),
    onSuccess: (_nothing, id) =>
      client.setQueryData<List>(
        keys.tokens,
        (list) => list && { items: list.items.filter((token) => token.id !== id) },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.tokens }),
  });
}
