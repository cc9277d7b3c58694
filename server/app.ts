import express, { type Express } from "express";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import { createOpenApi } from "#shared/wire/openapi.ts";
import type { Authenticator } from "./auth/authenticate.ts";
import type { Services } from "./command/services.ts";
import { explain } from "./errors.ts";
import { answerFailure } from "./http/failure.ts";
import { healthRoutes, type Ready } from "./http/health.ts";
import { notFound } from "./http/missing.ts";
import type { RateLimit } from "./http/rate-limit.ts";
import { createRouter } from "./http/router.ts";
import { securityHeaders } from "./http/security.ts";
import { serveClient } from "./http/static.ts";
import { trace } from "./http/trace.ts";

export type AppOptions = {
  readonly services: Services;
  readonly authenticator: Authenticator;
  readonly rateLimit: RateLimit;
  readonly publicUrl: string | null;
  readonly ready: Ready;
  readonly registry: Registry;
  readonly logger: Logger;
  /** Folder of the built client. */
  readonly clientDir: string;
};

/** Everything that answers HTTP, not yet listening. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.set("etag", false);
  // Only who says that a proxy stands before Gloss has one that is believed, and only on this machine.
  app.set("trust proxy", options.publicUrl === null ? false : "loopback");
  app.use(trace(options.logger, options.registry));
  app.use(securityHeaders(options.publicUrl));
  app.use(healthRoutes(options.ready, options.registry));

  let description: unknown;
  app.get("/api/v1/openapi.json", (_request, response) => {
    description ??= createOpenApi();
    response.json(description);
  });
  app.use("/api/v1", createRouter(options));
  app.use("/api", notFound);
  app.use(serveClient(options.clientDir));
  app.use(notFound);
  app.use(answerFailure(explain, options.logger));
  return app;
}
