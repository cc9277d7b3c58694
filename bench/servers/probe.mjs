/** Loaded before each server that is measured: on request it collects garbage and tells its memory. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

process.on("message", () => {
  gc();
  setTimeout(() => {
    gc();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, heap: heapUsed + external });
  }, 50);
});
process.channel?.unref();
