import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type Someone, type World } from "../world.ts";
import { onMark, openBench, type Bench } from "./review-bench.ts";

const MARKS = 2_000;
const REVIEWERS = 10;
/** Marks that each judges one by one; the rest in requests of a hundred. */
const SINGLE = 60;
const WORDS = "the parties will do what was promised to them";

let world: World;
let bench: Bench;
let author: Someone;
let reviewers: Someone[];
beforeAll(async () => {
  world = await startWorld();
  author = await world.newPerson("annotator", "Ana");
  reviewers = [];
  for (let nth = 0; nth < REVIEWERS; nth += 1) reviewers.push(await world.newPerson("reviewer", `R${nth}`));
  const lines = Array.from({ length: MARKS }, (_, nth) => `In clause ${nth} ${WORDS}.`);
  bench = await openBench(world, lines.join("\n"));
  await bench.mark(author, Object.fromEntries(lines.map((line, nth) => [`m${nth}`, line.slice(3)])));
}, 120_000);
afterAll(() => world.close());

const KINDS = [
  { verdict: "accepted" },
  { verdict: "rejected", reason: "boundary" },
  { verdict: "discussed", words: "Why?" },
] as const;
const verdict = (nth: number, mark: number) => ({
  id: `r${nth}-m${mark}`,
  on: onMark(author, `m${mark}`),
  ...(KINDS[(nth + mark) % KINDS.length] ?? KINDS[0]),
});

test(
  "[REV-31] ten reviewers at once on 2,000 marks: no verdict lost, none doubled, each soon taken",
  { timeout: 240_000 },
  async () => {
    const times: number[] = [];
    const refused: unknown[] = [];
    await Promise.all(
      reviewers.map(async (reviewer, nth) => {
        for (let mark = 0; mark < SINGLE; mark += 1) {
          const began = performance.now();
          const { status, body } = await bench.one(reviewer, verdict(nth, mark));
          times.push(performance.now() - began);
          if (status !== 200) refused.push(body);
          // The answer was lost on the way, so it is sent again.
          if ((mark + nth) % 7 === 0) await bench.one(reviewer, verdict(nth, mark));
        }
        for (let from = SINGLE; from < MARKS; from += 100) {
          const many = Array.from({ length: Math.min(100, MARKS - from) }, (_, at) =>
            verdict(nth, from + at),
          );
          const sent = [bench.give(reviewer, many)];
          if (from % 300 === SINGLE) sent.push(bench.give(reviewer, many));
          for (const given of await Promise.all(sent)) refused.push(...given.filter(({ ok }) => !ok));
        }
      }),
    );
    expect(refused).toEqual([]);
    const { verdicts, unreadable } = await bench.room();
    expect(unreadable).toEqual([]);
    expect(verdicts.size).toBe(MARKS * REVIEWERS);
    const lines = [...verdicts.values()].map(
      ({ by, on }) => `${by} ${on.kind === "mark" ? on.annotation : ""}`,
    );
    expect(new Set(lines).size).toBe(MARKS * REVIEWERS);
    expect(
      [...verdicts.values()].every(({ id, by }) => by === reviewers[Number(/^r(\d)/.exec(id)?.[1])]?.id),
    ).toBe(true);
    const { db } = world.running.services.database;
    const kept = await db
      .selectFrom("review_verdict")
      .select(["status", (eb) => eb.fn.countAll<number>().as("count")])
      .where("article_id", "=", bench.article)
      .groupBy("status")
      .execute();
    expect(kept.map(({ status, count }) => [status, Number(count)])).toEqual([
      ["standing", MARKS * REVIEWERS],
    ]);
    const acts = await db
      .selectFrom("review_act")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("article_id", "=", bench.article)
      .executeTakeFirstOrThrow();
    expect(Number(acts.count)).toBe(MARKS * REVIEWERS);
    times.sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? 0;
    expect(median).toBeLessThan(1_000);
  },
);
