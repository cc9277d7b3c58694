/**
 * Runs the server under `npm start`. When the parent goes away, however it went, the server drains and
 * ends too, so that no orphan keeps the port.
 */
import { enableCompileCache } from "node:module";
import { join } from "node:path";

if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
const cache = join(import.meta.dirname, "..", "node_modules", ".cache", "compile");
enableCompileCache(cache);
// Threads find it there: the update log's is part of every start.
process.env["NODE_COMPILE_CACHE"] ??= cache;
const { runServer } = await import("../dist/server/run.js");
await runServer(process.env);
