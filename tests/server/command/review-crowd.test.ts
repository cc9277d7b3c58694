import { afterAll, beforeAll, expect, test } from "vitest";
import { readReview, verdictMap } from "#shared/doc/review.ts";
import { roomName } from "#shared/doc/rooms.ts";
import { Peer, until } from "../sync/server.ts";
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
/** An eleventh reviewer, who has the article open and only looks on. */
let onlooker: Peer;
beforeAll(async () => {
  world = await startWorld();
  author = await world.newPerson("annotator", "Ana");
  reviewers = [];
  for (let nth = 0; nth < REVIEWERS; nth += 1) reviewers.push(await world.newPerson("reviewer", `R${nth}`));
  const lines = Array.from({ length: MARKS }, (_, nth) => `In clause ${nth} ${WORDS}.`);
  bench = await openBench(world, lines.join("\n"));
  await bench.mark(author, Object.fromEntries(lines.map((line, nth) => [`m${nth}`, line.slice(3)])));
  const eleventh = await world.newPerson("reviewer", "R10");
  onlooker = new Peer(
    `${world.ws}/sync`,
    roomName({ kind: "review", article: bench.article }),
    eleventh.token,
  );
  await onlooker.synced();
}, 120_000);
afterAll(async () => {
  onlooker?.destroy();
  await world.close();
});

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
  "[REV-31] ten reviewers at once on 2,000 marks: no verdict lost, none doubled, each soon taken, all seen by an eleventh",
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
    // What was sent again came only once on the eleventh's screen too.
    await until(onlooker.doc, () => verdictMap(onlooker.doc).size >= MARKS * REVIEWERS);
    const { verdicts, unreadable } = readReview(onlooker.doc);
    expect(new Set(verdicts.keys())).toEqual(new Set((await bench.room()).verdicts.keys()));
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
