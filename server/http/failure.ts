import type { ErrorRequestHandler } from "express";
import type { Logger } from "pino";
import type { Problem } from "#shared/model/problem.ts";
import { noted } from "./trace.ts";

export type Explain = (error: unknown) => { readonly problem: Problem; readonly bug: boolean };

/** Turns everything that was thrown into RFC 9457 problem details; only bugs are logged as errors. */
export function answerFailure(explain: Explain, logger: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const { problem, bug } = explain(error);
    if (bug) logger.error({ error, ...noted(response) }, "request failed");
    if (response.headersSent) {
      next(error);
      return;
    }
    const { retryAfter } = problem.extra;
    if (typeof retryAfter === "number") response.set("Retry-After", String(retryAfter));
    if (problem.status === 503) response.set("Retry-After", "5");
    if (problem.status === 401) response.set("WWW-Authenticate", "Bearer");
    response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
  };
}
