import { Problem, type ProblemCode } from "#shared/model/problem.ts";

type Call = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
};
type Answer = (call: Call) => Response | Promise<Response>;

/** Stands where `fetch` is: answers calls by "METHOD /path" below /api/v1 and keeps what was asked. */
export class FakeServer {
  readonly calls: Call[] = [];
  readonly #answers = new Map<string, Answer>();

  readonly fetch = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address, "http://gloss.test");
    const path = url.pathname.replace(/^\/api\/v1/, "");
    const body = typeof init.body === "string" ? JSON.parse(init.body) : init.body;
    const call = { method: init.method ?? "GET", path, query: url.search, body };
    this.calls.push(call);
    const answer = this.#answers.get(`${call.method} ${path}`);
    return answer ? answer(call) : problem("not-found");
  };

  on(what: string, answer: Answer): this {
    this.#answers.set(what, answer);
    return this;
  }

  /** The calls to one endpoint, like "POST /invites". */
  of(what: string): readonly Call[] {
    return this.calls.filter((call) => `${call.method} ${call.path}` === what);
  }
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });
}

export function nothing(): Response {
  return new Response(null, { status: 204 });
}

export function problem(
  code: ProblemCode,
  fields?: readonly { readonly path: string; readonly message: string }[],
): Response {
  const details = new Problem(code, undefined, fields ? { fields } : {}).toJSON();
  return new Response(JSON.stringify(details), {
    status: details.status,
    headers: { "content-type": "application/problem+json" },
  });
}
