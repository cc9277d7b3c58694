/**
 * Runs the server under `npm start`. When the parent goes away, however it went, the server drains and
 * ends too, so that no orphan keeps the port.
 */
if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
await import("../server/main.ts");
