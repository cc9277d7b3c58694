import { afterEach, expect, test } from "vitest";
import { documentHash } from "#shared/doc/hash.ts";
import { lackOf } from "../../sim/sync/contents.ts";
import { admin } from "../start/process.ts";
import { Colleague, write } from "./colleague.ts";
import { stored } from "./stored.ts";
import { Workspace } from "./workspace.ts";

/** More rounds: GLOSS_KILLS=200 vitest run --project unit tests/server/process/kill.test.ts */
const KILLS = Number(process.env["GLOSS_KILLS"] ?? 4);
/** Changes that a colleague has under way at a time. */
const AT_ONCE = 40;

let workspace: Workspace | null = null;
const people: Colleague[] = [];

afterEach(async () => {
  for (const person of people.splice(0)) person.leave();
  await workspace?.end();
  workspace = null;
});

test(
  "[SIM-10] after kill -9 under load, all that was acknowledged or received is there, once",
  async () => {
    workspace = await Workspace.open();
    const { text, layer, token } = workspace;
    const rooms = [text, text, layer, layer];
    people.push(...rooms.map(() => new Colleague()));
    let words = 0;
    const kindOf = (at: number): "text" | "layer" => (rooms[at] === text ? "text" : "layer");
    const keepWriting = (): NodeJS.Timeout =>
      setInterval(() => {
        for (const [at, person] of people.entries()) {
          while (person.online && person.unsaved < AT_ONCE) write(person.doc, kindOf(at), `w${words++}`);
        }
      }, 1);
    const joinAll = (running: Workspace): Promise<unknown> =>
      Promise.all(
        people.map((person, at) => person.join(`${running.url}/${rooms[at]}?gloss=1&token=${token}`)),
      );
    for (let kill = 0; kill < KILLS; kill += 1) {
      await joinAll(workspace);
      const before = people.map(({ saved }) => saved.length);
      const writing = keepWriting();
      const enough = 30 + ((kill * 67) % 200);
      await Promise.all(people.map((p, at) => p.until(() => p.saved.length > (before[at] ?? 0) + enough)));
      await workspace.stop("SIGKILL");
      clearInterval(writing);
      for (const room of [text, layer]) {
        const doc = await stored(workspace.dataDir, room);
        for (const [at, { saved, received }] of people.entries()) {
          if (rooms[at] !== room) continue;
          const lost = [...saved, ...received].map((update) => lackOf(doc, update)).filter(Boolean);
          expect([kill, room, lost]).toEqual([kill, room, []]);
          saved.splice(0);
          received.splice(0);
        }
      }
      await workspace.start();
    }
    await joinAll(workspace);
    await Promise.all(people.map((person) => person.until(() => person.unsaved === 0)));
    expect((await workspace.stop("SIGTERM")).code).toBe(0);
    for (const [at, { doc }] of people.entries())
      expect(documentHash(doc)).toEqual(documentHash(await stored(workspace.dataDir, rooms[at] ?? "")));
    expect(await admin(workspace.dataDir, "verify")).toMatchObject({ code: 0 });
  },
  60_000 + KILLS * 5_000,
);
