import { NewSuggestion } from "#shared/wire/suggestions.ts";
import { call, type Output } from "./client.ts";

export { NewSuggestion };
export type ShownSuggestion = Output<"suggestChange">;

/** The calls for suggested changes of an article; each throws ApiProblem. The same again does nothing twice. */
export type SuggestionApi = {
  readonly suggest: (body: NewSuggestion) => Promise<ShownSuggestion>;
  readonly withdraw: (id: string) => Promise<ShownSuggestion>;
  /** Claims the edit; throws when somebody else has it. */
  readonly accept: (id: string, claim: string) => Promise<ShownSuggestion>;
  readonly reject: (id: string, reason: string) => Promise<ShownSuggestion>;
  readonly applied: (id: string, claim: string) => Promise<ShownSuggestion>;
  readonly release: (id: string, claim: string) => Promise<ShownSuggestion>;
};

export function suggestionApi(article: string): SuggestionApi {
  const of = (suggestion: string) => ({ id: article, suggestion });
  return {
    suggest: (body) => call("suggestChange", { params: { id: article }, body }),
    withdraw: (id) => call("withdrawSuggestion", { params: of(id) }),
    accept: (id, claim) => call("acceptSuggestion", { params: of(id), body: { claim } }),
    reject: (id, reason) => call("rejectSuggestion", { params: of(id), body: { reason } }),
    applied: (id, claim) => call("applySuggestion", { params: of(id), body: { claim } }),
    release: (id, claim) => call("releaseSuggestion", { params: of(id), body: { claim } }),
  };
}
