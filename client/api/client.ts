import type * as z from "zod/mini";
import type { API, Endpoint } from "#shared/wire/api.ts";
import { CORE_API, type EndpointSpec } from "#shared/wire/core.ts";
import { ApiProblem, jsonOrNull, problemOf, unreachable } from "./problem.ts";

/**
 * The typed way to the server, derived from the table in shared/wire/api.ts: what a call needs and
 * what it gives follows from the endpoint's name.
 */

type Table = typeof API;
type Sent<S> = S extends z.ZodMiniType ? z.input<S> : never;

type Params<E extends Endpoint> = Table[E] extends { params: infer S } ? { params: Sent<S> } : unknown;
type Query<E extends Endpoint> = Table[E] extends { query: infer S }
  ? Partial<Sent<S>> extends Sent<S>
    ? { query?: Sent<S> }
    : { query: Sent<S> }
  : unknown;
type Body<E extends Endpoint> = Table[E] extends { body: infer S }
  ? { body: S extends "bytes" ? Blob : Sent<S> }
  : unknown;

export type Input<E extends Endpoint> = Params<E> & Query<E> & Body<E> & { signal?: AbortSignal };
export type Output<E extends Endpoint> = z.output<Table[E]["result"]>;

type Rest<E extends Endpoint> = { signal?: AbortSignal } extends Input<E> ? [Input<E>?] : [Input<E>];

type Loose = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

const BASE = "/api/v1";
/** Milliseconds after which a question (not an upload) counts as unanswered. */
const PATIENCE = 20_000;

/**
 * Calls one endpoint and gives its parsed result. Throws ApiProblem for every failure except an abort
 * by the caller's own signal, which is thrown as it is.
 */
export async function call<E extends Endpoint>(endpoint: E, ...rest: Rest<E>): Promise<Output<E>> {
  const spec = await specOf(endpoint);
  const input: Loose = rest[0] ?? {};
  const response = await send(spec, input);
  if (!response.ok) throw await problemOf(response);
  const answer = spec.status === 204 ? null : jsonOrNull(await response.text());
  const parsed = spec.result.safeParse(answer);
  if (parsed.success) return parsed.data as Output<E>;
  throw new ApiProblem({
    code: "unreadable-answer",
    status: response.status,
    detail: "The server gave an answer that this page cannot read. Reload the page and try again.",
  });
}

/** Endpoints that not every page needs come with the rest of the table, when the first of them is called. */
async function specOf(endpoint: Endpoint): Promise<EndpointSpec> {
  const core: Readonly<Record<string, EndpointSpec>> = CORE_API;
  const known = core[endpoint];
  if (known) return known;
  const { API: all } = await import("#shared/wire/api.ts");
  return all[endpoint];
}

async function send(spec: EndpointSpec, input: Loose): Promise<Response> {
  try {
    return await fetch(BASE + pathOf(spec.path, input.params) + queryOf(input.query), {
      method: spec.method,
      credentials: "same-origin",
      headers: headersOf(spec),
      signal: signalOf(spec, input.signal),
      ...(spec.body === undefined ? {} : { body: bodyOf(spec, input.body) }),
    });
  } catch (cause) {
    if (input.signal?.aborted) throw cause;
    throw unreachable();
  }
}

function pathOf(pattern: string, params: Loose["params"] = {}): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

function queryOf(query: Loose["query"] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === "string" || typeof value === "number") search.set(name, `${value}`);
  }
  return search.size === 0 ? "" : `?${search}`;
}

function headersOf(spec: EndpointSpec): Record<string, string> {
  const accept = { accept: "application/json" };
  if (spec.body === undefined) return accept;
  const type = spec.body === "bytes" ? "application/octet-stream" : "application/json";
  return { ...accept, "content-type": type };
}

function bodyOf(spec: EndpointSpec, body: unknown): BodyInit {
  return spec.body === "bytes" && body instanceof Blob ? body : JSON.stringify(body);
}

function signalOf(spec: EndpointSpec, signal: AbortSignal | undefined): AbortSignal | null {
  if (spec.method !== "GET") return signal ?? null;
  const patience = AbortSignal.timeout(PATIENCE);
  return signal ? AbortSignal.any([signal, patience]) : patience;
}
