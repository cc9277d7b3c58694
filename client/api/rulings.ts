import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type Input } from "./client.ts";
import { keys } from "./keys.ts";
import { ApiProblem } from "./problem.ts";

/** Rulings: a discussion shows them as they stand in the live document; here is how to make and use them. */

export type { MarkAgainst, WaitingRuling } from "#shared/wire/rulings.ts";

export type NewRuling = Input<"ruleThread">["body"];
export type Ruled = Input<"listMarksAgainst">["body"];

type OfThread = { readonly article: string; readonly thread: string };

export function useRuleThread({ article, thread }: OfThread) {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: NewRuling) => call("ruleThread", { params: { id: article, thread }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.codebookDraft }),
  });
}

export function useTakeBackRuling({ article, thread }: OfThread) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ruling: string) => call("takeBackRuling", { params: { id: article, thread, ruling } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.codebookDraft }),
  });
}

/** The marks that a ruling would change, among those I may see; null asks for nothing. */
export function useMarksAgainst(ruled: Ruled | null) {
  return useQuery({
    queryKey: keys.marksAgainst(ruled?.tag ?? "", ruled?.answer ?? "", ruled?.quote ?? ""),
    queryFn: ({ signal }) => call("listMarksAgainst", { body: ruled ?? NOTHING, signal }),
    enabled: ruled !== null,
    staleTime: 5_000,
    placeholderData: (before) => before,
  });
}

const NOTHING: Ruled = { tag: "", answer: "yes", quote: "" };

/** Rulings of people who may not change the draft. */
export function useWaitingRulings() {
  return useQuery({
    queryKey: keys.waitingRulings,
    queryFn: ({ signal }) => call("listWaitingRulings", { signal }),
  });
}

export function useAddRuledExample() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (ruling: string) => call("addRuledExample", { params: { ruling } }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.waitingRulings }),
  });
}

/** What a refusal says, of a field where it names one. */
export function sentenceOf(problem: Error): string {
  return (problem instanceof ApiProblem ? problem.fields[0]?.message : undefined) ?? problem.message;
}
