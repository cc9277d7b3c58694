import express, { type Router } from "express";
import type { Registry } from "prom-client";

/** Resolves when changes can be saved now; rejects, or resolves to a reason, when not. */
export type Ready = () => Promise<
  { readonly ready: true } | { readonly ready: false; readonly reason: string }
>;

/** Probes for whoever watches the process: alive, able to save, and figures for Prometheus. */
export function healthRoutes(ready: Ready, registry: Registry): Router {
  const router = express.Router();
  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const state = await ready();
    response.status(state.ready ? 200 : 503).json(state);
  });
  router.get("/metrics", async (_request, response) => {
    response.set("Content-Type", registry.contentType).send(await registry.metrics());
  });
  return router;
}
