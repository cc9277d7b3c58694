import { Random } from "../../attack/random.ts";
import { CAST } from "./cast.ts";
import { judgePresence, unrest } from "./judge.ts";
import type { Action, Plan } from "./plan.ts";
import { World } from "./world.ts";

export type Outcome = {
  /** What must not be and was; empty when all went well. */
  readonly failures: readonly string[];
  /** The last things that happened. */
  readonly lines: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  /** Simulated milliseconds. */
  readonly elapsed: number;
};

/** What is tried on purpose to see that it is noticed. */
export type Sabotage = (world: World) => void;

/** How long everything may take to come to rest once all is well again, in simulated milliseconds. */
const LONGEST_REST = 240_000;

/** Plays a plan on machines that exist in it alone, and looks at every moment whether all holds. */
export async function play(plan: Plan, sabotage: Sabotage = () => undefined): Promise<Outcome> {
  const world = new World(plan.seed);
  const { clock, report } = world;
  const onError = (error: unknown): void => report.fail(`a bug: ${String(error)}`);
  process.on("unhandledRejection", onError);
  // Each of y-websocket's clients waits for the end of the process.
  process.setMaxListeners(100);
  clock.install();
  try {
    sabotage(world);
    world.begin();
    await clock.run(1_000);
    for (const action of plan.actions) {
      if (report.failed) break;
      await clock.run(action.after);
      report.note(JSON.stringify(action));
      report.count("actions");
      report.count("readers behind", world.server?.behind ?? 0);
      perform(world, action);
    }
    if (!report.failed) await rest(world);
  } catch (error) {
    report.fail(`a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    world.end();
    clock.uninstall();
    process.off("unhandledRejection", onError);
  }
  return { failures: report.failures, lines: report.lines, counts: report.counts, elapsed: clock.elapsed };
}

function perform(world: World, action: Action): void {
  const { clock } = world;
  switch (action.do) {
    case "edit":
      world.visit(action.who).edit(action.kind, new Random(action.dice), action.times);
      return;
    case "undo":
      world.visit(action.who).undo(action.kind, action.way);
      return;
    case "say":
      world.visit(action.who).say(action.place);
      return;
    case "cut":
      world.cut(world.visit(action.who));
      return;
    case "part": {
      const visit = world.visit(action.who);
      visit.apartUntil = clock.elapsed + action.span;
      world.cut(visit);
      return;
    }
    case "slow": {
      const visit = world.visit(action.who);
      world.slow(visit, action.rate / 1_000);
      clock.after(action.span, () => world.slow(visit, null));
      return;
    }
    case "reload":
      world.reload(action.who);
      return;
    case "kill":
      kill(world, action);
      return;
    case "drain":
      world.down = action.down;
      void world.server?.drain();
      return;
    case "disk":
      world.diskState.fault = action.fault;
      clock.after(action.span, () => {
        world.diskState.fault = null;
      });
      return;
    case "fold":
      world.fold();
      return;
    case "rights":
      rights(world, action);
      return;
    case "write":
      world.write(action.who === null ? null : (CAST[action.who]?.user ?? null), action.dice);
      return;
    case "read":
      world.read();
      return;
    case "strike":
      world.strike(action.how, action.dice);
      return;
  }
}

/** A server that has nothing to do for so long is killed all the same. */
const PATIENCE = 1_000;

function kill(world: World, { before, nth, down }: Action & { do: "kill" }): void {
  const { server } = world;
  if (!server) return;
  world.down = down;
  server.doom({ before, nth });
  world.clock.after(PATIENCE, () => server.kill());
}

function rights({ server, report, clock }: World, { of, who }: Action & { do: "rights" }): void {
  const user = CAST[who]?.user ?? "";
  if (!server) return;
  report.count("changes of rights");
  const scopes = {
    user: { user },
    article: { article: "a1" },
    credential: { credential: `${user}-credential` },
  };
  clock.as(server, () => server.hub.rightsChanged(scopes[of]));
}

/** All is well again: everybody comes to rest with the same documents, and everything saved. */
async function rest(world: World): Promise<void> {
  const { clock, report } = world;
  world.diskState.fault = null;
  for (const visit of world.visits) {
    visit.apartUntil = 0;
    world.slow(visit, null);
  }
  const end = clock.elapsed + LONGEST_REST;
  let quiet = 0;
  while (clock.elapsed < end && quiet < 3 && !report.failed) {
    world.startServer();
    await clock.run(1_000, () => report.failed);
    quiet = unrest(world).length === 0 ? quiet + 1 : 0;
  }
  for (const why of unrest(world)) report.fail(`no rest: ${why}`);
  if (report.failed) return;
  world.read();
  await clock.run(500);
  judgePresence(world);
}
