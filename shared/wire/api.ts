import { CODEBOOK_API } from "./codebook.ts";
import { CORE_API, type EndpointSpec } from "./core.ts";
import { REVIEW_API } from "./review.ts";
import { RULING_API } from "./rulings.ts";
import { SUGGESTION_API } from "./suggestions.ts";
import { THREAD_API } from "./threads.ts";

export type { EndpointSpec } from "./core.ts";

/**
 * The HTTP API, declared once: the server's router, the OpenAPI description and the client's typed
 * fetch are all derived from this table. Paths are below `/api/v1`.
 */
export const API = {
  ...CORE_API,
  ...THREAD_API,
  ...SUGGESTION_API,
  ...RULING_API,
  ...REVIEW_API,
  ...CODEBOOK_API,
} as const satisfies Record<string, EndpointSpec>;

export type Endpoint = keyof typeof API;
