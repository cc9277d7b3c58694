import { calm } from "./calm.ts";
import { crash } from "./crash.ts";
import { fanout } from "./fanout.ts";
import { guard } from "./guard.ts";
import { join } from "./join.ts";
import { malformed } from "./malformed.ts";
import { memory } from "./memory.ts";
import type { Scenario } from "./scenario.ts";
import { stall } from "./stall.ts";
import { start } from "./start.ts";

/** In the order of the report. */
export const SCENARIOS: readonly Scenario[] = [
  fanout,
  calm,
  crash,
  join,
  memory,
  stall,
  malformed,
  start,
  guard,
];
