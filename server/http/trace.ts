import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { Histogram, type Registry } from "prom-client";

/**
 * One log line and one measurement per request. Neither holds a path, a query or a body: these carry
 * invitations, tokens and what people wrote.
 */

type Noted = { requestId: string; endpoint?: string; user?: string };

const notes = new WeakMap<Response, Noted>();

/** Gives each request an id, sent back as `X-Request-Id`, and notes how it ended. */
export function trace(logger: Logger, registry: Registry): RequestHandler {
  const seconds = new Histogram({
    name: "gloss_http_request_seconds",
    help: "Time to answer a request, by endpoint and status.",
    labelNames: ["endpoint", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  return (request, response, next) => {
    const started = performance.now();
    const noted: Noted = { requestId: randomUUID() };
    notes.set(response, noted);
    response.set("X-Request-Id", noted.requestId);
    response.on("finish", () => {
      const ms = performance.now() - started;
      const { statusCode: status } = response;
      const { method } = request;
      seconds.observe({ endpoint: noted.endpoint ?? "other", status }, ms / 1000);
      logger.debug({ ...noted, method, status, ms: Math.round(ms) }, "request");
    });
    next();
  };
}

export function noteEndpoint(response: Response, endpoint: string): void {
  const noted = notes.get(response);
  if (noted) noted.endpoint = endpoint;
}

export function noteUser(response: Response, user: string): void {
  const noted = notes.get(response);
  if (noted) noted.user = user;
}

/** What is known of a request, for a line about what went wrong with it. */
export function noted(response: Response): Readonly<Record<string, string>> {
  return { ...notes.get(response) };
}
