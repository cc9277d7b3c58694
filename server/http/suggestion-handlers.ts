import type { TextSuggestion } from "#shared/model/suggestion.ts";
import type { SUGGESTION_API } from "#shared/wire/suggestions.ts";
import type { Principal } from "../auth/principal.ts";
import { actOnSuggestion, listSuggestions, suggestChange } from "../command/suggestion.ts";
import type { Services } from "../command/services.ts";
import type { Answer, Handlers } from "./call.ts";

type Params = { readonly id: string; readonly suggestion: string };
type Done = Parameters<typeof actOnSuggestion>[2]["act"];
type From = { readonly services: Services; readonly who: Principal; readonly params: Params };

/** One line per endpoint of suggested changes. */
export const SUGGESTION_HANDLERS: Pick<Handlers, keyof typeof SUGGESTION_API> = {
  listSuggestions: async ({ services, params }) => ({
    items: (await listSuggestions(services, params.id)).map(plain),
  }),
  suggestChange: async ({ services, who, params, body }) =>
    plain(await suggestChange(services, who, params.id, body)),
  acceptSuggestion: (call) => act(call, { kind: "accept", ...call.body }),
  rejectSuggestion: (call) => act(call, { kind: "reject", ...call.body }),
  withdrawSuggestion: (call) => act(call, { kind: "withdraw" }),
  applySuggestion: (call) => act(call, { kind: "applied", ...call.body }),
  releaseSuggestion: (call) => act(call, { kind: "release", ...call.body }),
};

async function act({ services, who, params }: From, done: Done): Promise<Answer<"acceptSuggestion">> {
  const where = { article: params.id, id: params.suggestion };
  return plain(await actOnSuggestion(services, who, { ...where, act: done }));
}

function plain({ version: _version, ...shown }: TextSuggestion): Answer<"suggestChange"> {
  return shown;
}
