import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { CodebookAct } from "#shared/wire/codebook.ts";
import { call, type Input } from "./client.ts";
import { keys } from "./keys.ts";

/** What owners do with the codebook: draft, look at what a change means, publish, take back. */

export type {
  CodebookAct,
  CodebookDraft,
  CodebookImpact,
  CodebookImpactRow,
  CodebookMarkRef,
  CodebookVersion,
} from "#shared/wire/codebook.ts";

/** Milliseconds between two looks at an act that is under way. */
const LOOK = 700;

/** The draft as it is when the page opens; the page's own copy goes on from there. */
export function useCodebookDraft() {
  return useQuery({
    queryKey: keys.codebookDraft,
    queryFn: ({ signal }) => call("getCodebookDraft", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** What publishing the draft at `revision` would mean for existing marks. */
export function useCodebookImpact(revision: number, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.codebookImpact, revision],
    queryFn: ({ signal }) => call("getCodebookImpact", { signal }),
    enabled,
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
}

type MarksInput = NonNullable<Input<"listCodebookMarks">["query"]>;

/** The first marks that one row of the impact counts. */
export function useCodebookMarks(kind: MarksInput["kind"], subject: string, limit: number) {
  return useQuery({
    queryKey: [...keys.codebookMarks(kind, subject), limit],
    queryFn: ({ signal }) => call("listCodebookMarks", { query: { kind, subject, limit }, signal }),
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
}

export function useCodebookVersions() {
  return useQuery({
    queryKey: keys.codebookVersions,
    queryFn: ({ signal }) => call("listCodebookVersions", { signal }),
  });
}

/** All publications; looked at again and again while one is under way. */
export function useCodebookActs(enabled = true) {
  return useQuery({
    queryKey: keys.codebookActs,
    queryFn: ({ signal }) => call("listCodebookActs", { signal }),
    enabled,
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) === true ? LOOK : false),
  });
}

export function isUnderWay({ status }: CodebookAct): boolean {
  return status === "running" || status === "undoing";
}

export function usePublishCodebook() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"publishCodebook">["body"]) => call("publishCodebook", { body }),
    onSuccess: () => everythingChanged(client),
  });
}

export function useUndoCodebookAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("undoCodebookAct", { params: { id } }),
    onSuccess: () => everythingChanged(client),
  });
}

/** Sends words into the draft as an example. */
export function useAddExample() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: Input<"addCodebookExample">["body"]) => call("addCodebookExample", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.codebookDraft }),
  });
}

/** Another codebook is in force, so whatever was known about it is asked again. */
function everythingChanged(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: keys.codebook });
}
