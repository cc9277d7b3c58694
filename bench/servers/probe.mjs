/** Loaded before each server that is measured: on request it collects garbage and tells its memory. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

/** Pages that garbage had are given back a little after it was collected. */
const PAUSE = 300;
const TIMES = 3;

process.on("message", () => {
  collect(TIMES);
});

function collect(left) {
  gc({ type: "major", flavor: "last-resort" });
  setTimeout(() => {
    if (left > 1) return collect(left - 1);
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({ rss, heap: heapUsed + external });
  }, PAUSE);
}
process.channel?.unref();
