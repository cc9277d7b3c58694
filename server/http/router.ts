import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type * as z from "zod/mini";
import { Problem } from "#shared/model/problem.ts";
import { can } from "#shared/model/role.ts";
import { API, type Endpoint, type EndpointSpec } from "#shared/wire/api.ts";
import { type Authenticator, bearer, type Proof } from "../auth/authenticate.ts";
import type { Principal } from "../auth/principal.ts";
import type { Services } from "../command/services.ts";
import { bodyReader } from "./body.ts";
import type { Call } from "./call.ts";
import { HANDLERS } from "./handlers.ts";
import { isForeign } from "./origin.ts";
import type { RateLimit } from "./rate-limit.ts";
import { noteEndpoint, noteUser } from "./trace.ts";
import { validate } from "./validate.ts";

export type RouterOptions = {
  readonly services: Services;
  readonly authenticator: Authenticator;
  readonly rateLimit: RateLimit;
  readonly publicUrl: string | null;
};

const METHODS = { GET: "get", POST: "post", PATCH: "patch", DELETE: "delete" } as const;

/** The API, every endpoint of the table in the same steps. Mounted under `/api/v1`. */
export function createRouter(options: RouterOptions): Router {
  const router = express.Router({ caseSensitive: true });
  const methods = new Map<string, string[]>();
  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });
  router.use(sameOrigin(options.publicUrl));
  for (const endpoint of Object.keys(API) as Endpoint[]) {
    const { method, path } = API[endpoint];
    router[METHODS[method]](path, serve(endpoint, options));
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  for (const [path, allowed] of methods) {
    router.all(path, (_request, response) => {
      response.set("Allow", allowed.join(", "));
      throw new Problem("method-not-allowed");
    });
  }
  router.use(() => {
    throw new Problem("not-found", "The API has no such address. See /api/v1/openapi.json.");
  });
  return router;
}

/** limit, authenticate, authorise, validate, command, present: in this order for every endpoint. */
function serve(endpoint: Endpoint, options: RouterOptions): RequestHandler {
  const spec: EndpointSpec = API[endpoint];
  const { services, authenticator, rateLimit } = options;
  const readBody = bodyReader(endpoint);
  return async (request, response) => {
    noteEndpoint(response, endpoint);
    await rateLimit.byAddress(endpoint, addressOf(request));
    const proof = await authenticator.request(request);
    authorise(spec, proof?.principal ?? null);
    if (proof) prolong(response, proof);

    const params = spec.params && validate(spec.params, request.params, "bad-request");
    const query = spec.query && validate(spec.query, request.query, "bad-request");
    const raw = await readBody(request, response);
    const body =
      spec.body === undefined || spec.body === "bytes" ? raw : validate(spec.body, raw, "invalid-content");

    const call = {
      services,
      who: proof?.principal ?? null,
      params,
      query,
      body,
      baseUrl: baseUrl(request, options.publicUrl),
      cookie: request.headers.cookie,
      setCookies: (cookies: readonly string[]) => addCookies(response, cookies),
    };
    const answer = await guarded(endpoint, call, { request, rateLimit });
    await rateLimit.found(endpoint, addressOf(request));
    present(response, spec, answer);
  };
}

/** Throws Problem `not-signed-in` or `forbidden`. What depends on the subject is for the command. */
function authorise({ verb }: EndpointSpec, who: Principal | null): void {
  if (verb === null) return;
  if (!who) throw new Problem("not-signed-in");
  if (verb !== "signed-in" && !can(who, verb)) throw new Problem("forbidden");
}

type Tries = { readonly request: Request; readonly rateLimit: RateLimit };

/** Runs the command; where a password is tried, tries are counted. */
async function guarded(endpoint: Endpoint, call: unknown, { request, rateLimit }: Tries): Promise<unknown> {
  // The parts of `call` were parsed with the schemas that the handler's type is made of.
  const run = HANDLERS[endpoint] as (call: unknown) => Promise<unknown>;
  if (endpoint !== "signIn") return run(call);
  const { email } = (call as Call<"signIn">).body;
  const address = addressOf(request);
  await rateLimit.beforePassword(address, email);
  const answer = await run(call);
  await rateLimit.afterPassword(address, email);
  return answer;
}

/** The only way out: what the table's schema does not name is left behind. */
function present(response: Response, spec: EndpointSpec, answer: unknown): void {
  const schema: z.ZodMiniType = spec.result;
  const body = schema.parse(answer);
  response.status(spec.status);
  if (spec.status === 204) response.end();
  else response.json(body);
}

function prolong(response: Response, { principal, cookies }: Proof): void {
  noteUser(response, principal.id);
  addCookies(response, cookies);
}

function addCookies(response: Response, cookies: readonly string[]): void {
  for (const cookie of cookies) response.append("Set-Cookie", cookie);
}

/** Every changing request that may carry a cookie must come from a page of ours. */
function sameOrigin(publicUrl: string | null): RequestHandler {
  return (request, _response, next) => {
    const changes = request.method !== "GET" && request.method !== "HEAD";
    // Only a token of ours: browsers add the password of a proxy in front by themselves.
    const byToken = bearer(request) !== null;
    if (changes && !byToken && isForeign(request.headers, publicUrl)) throw new Problem("foreign-origin");
    next();
  };
}

function addressOf(request: Request): string {
  return request.ip ?? "unknown";
}

const HOST = /^[A-Za-z0-9.:[\]-]+$/;

function baseUrl(request: Request, publicUrl: string | null): string {
  if (publicUrl !== null) return publicUrl;
  const host = request.headers.host ?? "";
  if (!HOST.test(host)) throw new Problem("bad-request", "The Host header is not one of a web address.");
  const scheme = request.protocol === "https" ? "https" : "http";
  return `${scheme}://${host}`;
}
