import { afterEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { TEXT } from "./server.ts";
import { Gate, turns, World } from "./world.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("[SYN-1] work that was left for the next turn waits until what was done is on disk", async () => {
  const world = new World({ timings: { turn: 14 } });
  const ann = await world.join(TEXT, "ann", "editor");
  const bob = await world.join(TEXT, "bob", "editor");
  const cy = await world.join(TEXT, "cy", "viewer");
  await world.settle();
  // From now on a turn is over after the first connection's frame.
  let time = 1_000;
  vi.spyOn(performance, "now").mockImplementation(() => (time += 3));
  const batches: number[] = [];
  const gate = new Gate();
  const append = world.log.append.bind(world.log);
  world.log.append = (entries) => {
    batches.push(entries.length);
    return append(entries);
  };
  world.log.hooks = { beforeCommit: () => gate.opened };
  for (const client of [ann, bob])
    client.doc.getXmlFragment("prosemirror").insert(0, [new Y.XmlElement("paragraph")]);
  cy.ask();
  await turns(10);
  expect(batches).toEqual([1]);
  expect(cy.doc.getXmlFragment("prosemirror").length).toBe(0);
  gate.open();
  await world.settle();
  for (const client of [ann, bob, cy]) expect(client.doc.getXmlFragment("prosemirror").length).toBe(2);
  expect([ann.acks.at(-1), bob.acks.at(-1)]).toEqual([ann.sent, bob.sent]);
});
