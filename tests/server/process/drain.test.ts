import { afterEach, expect, test } from "vitest";
import { CLOSE, isFinal } from "#shared/wire/close.ts";
import { lackOf } from "../../sim/sync/contents.ts";
import { Colleague, write } from "./colleague.ts";
import { stored } from "./stored.ts";
import { Workspace } from "./workspace.ts";

let workspace: Workspace | null = null;
const people: Colleague[] = [];

afterEach(async () => {
  for (const person of people.splice(0)) person.leave();
  await workspace?.end();
  workspace = null;
});

test("[SIM-11] SIGTERM under load loses nothing, asks everybody to come back and ends with 0 in 10 seconds", async () => {
  workspace = await Workspace.open();
  const { text, token, url, dataDir } = workspace;
  people.push(...Array.from({ length: 6 }, () => new Colleague()));
  for (const person of people) await person.join(`${url}/${text}?gloss=1&token=${token}`);
  let words = 0;
  const [quiet, ...loud] = people;
  if (quiet) write(quiet.doc, "text", "last words");
  const writing = setInterval(() => {
    for (const person of loud)
      for (let at = 0; at < 3 && person.online; at += 1) write(person.doc, "text", `w${words++}`);
  }, 2);
  await Promise.all(people.map((person) => person.until(() => person.received.length > 50)));
  const from = performance.now();
  const { code } = await workspace.stop("SIGTERM");
  clearInterval(writing);
  expect(code).toBe(0);
  expect(performance.now() - from).toBeLessThan(10_000);
  await Promise.all(people.map((person) => person.until(() => person.closes.length > 0)));
  expect(people.map(({ closes }) => closes)).toEqual(people.map(() => [CLOSE.draining]));
  expect(isFinal(CLOSE.draining)).toBe(false);
  const doc = await stored(dataDir, text);
  for (const { saved, received } of people)
    expect([...saved, ...received].map((update) => lackOf(doc, update)).filter(Boolean)).toEqual([]);
  expect(quiet?.unsaved).toBe(0);
  // What was on its way when the server closed is with whoever wrote it, and comes with them.
  await workspace.start();
  for (const person of people) await person.join(`${workspace.url}/${text}?gloss=1&token=${token}`);
  await Promise.all(people.map((person) => person.until(() => person.unsaved === 0)));
  await workspace.stop("SIGKILL");
  const after = await stored(dataDir, text);
  for (const { saved } of people)
    expect(saved.map((update) => lackOf(after, update)).filter(Boolean)).toEqual([]);
});
