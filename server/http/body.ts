import express, { type Request, type Response } from "express";
import { Problem } from "#shared/model/problem.ts";
import { API, type Endpoint } from "#shared/wire/api.ts";
import { fitsLimits, type JsonLimits } from "./json-shape.ts";

/** Largest request bodies, in bytes: those that carry a text or many marks, and all others. */
const LARGE = 20 * 1024 * 1024;
const SMALL = 1024 * 1024;
/** As many entries as one request may bring marks, and fifty values for each. */
const JSON_LIMITS: JsonLimits = { values: 500_000, entries: 10_000, depth: 32 };

const LARGE_BODIES: readonly Endpoint[] = [
  "createArticle",
  "uploadArticle",
  "addAnnotations",
  "giveVerdicts",
  "saveCodebookDraft",
];

type Read = (request: Request, response: Response) => Promise<unknown>;

/** The reader of an endpoint's body; a body that is not expected is not read. */
export function bodyReader(endpoint: Endpoint): Read {
  const spec = API[endpoint];
  if (!("body" in spec)) return async () => undefined;
  const limit = LARGE_BODIES.includes(endpoint) ? LARGE : SMALL;
  const parse =
    spec.body === "bytes"
      ? express.raw({ type: () => true, limit })
      : express.json({ limit, strict: true, verify: checkJson });
  return async (request, response) => {
    if (spec.body !== "bytes" && !request.is("json") && !request.is("+json")) {
      throw new Problem("bad-request", "Send JSON, with the header Content-Type: application/json.");
    }
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => {
        if (error === undefined) resolve();
        else reject(error instanceof Error ? error : new Error("the body could not be read"));
      });
    });
    // Without any body the parser leaves none.
    return (request.body as unknown) ?? (spec.body === "bytes" ? Buffer.alloc(0) : undefined);
  };
}

/** Throws what the HTTP library takes for the caller's mistake; before the body is parsed. */
function checkJson(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding !== "utf-8") throw Object.assign(new Error("JSON is sent as UTF-8"), { status: 400 });
  if (!fitsLimits(body, JSON_LIMITS)) {
    throw Object.assign(new Error("the body holds too many values"), { status: 413 });
  }
}
