import type * as z from "zod/mini";
import type { API, Endpoint } from "#shared/wire/api.ts";
import type { Principal } from "../auth/principal.ts";
import type { Services } from "../command/services.ts";

type Spec<E extends Endpoint> = (typeof API)[E];
type Parsed<S, K extends string> = S extends { readonly [P in K]: infer T }
  ? T extends z.ZodMiniType
    ? z.output<T>
    : T extends "bytes"
      ? Uint8Array
      : undefined
  : undefined;

/** One call of an endpoint, everything in it checked against the table in shared/wire/api.ts. */
export type Call<E extends Endpoint> = {
  readonly services: Services;
  /** Present unless the endpoint is open to everybody. */
  readonly who: Spec<E>["verb"] extends null ? Principal | null : Principal;
  readonly params: Parsed<Spec<E>, "params">;
  readonly query: Parsed<Spec<E>, "query">;
  readonly body: Parsed<Spec<E>, "body">;
  /** The address that the caller reached Gloss under, without a trailing slash. */
  readonly baseUrl: string;
  /** The request's cookies as sent, for ending a session. */
  readonly cookie: string | undefined;
  /** Adds Set-Cookie headers to the answer. */
  readonly setCookies: (cookies: readonly string[]) => void;
};

/** What an endpoint answers, before the table's schema has had its say. */
export type Answer<E extends Endpoint> = z.input<Spec<E>["result"]>;

export type Handlers = { readonly [E in Endpoint]: (call: Call<E>) => Promise<Answer<E>> };
