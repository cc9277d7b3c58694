import { afterAll, beforeAll, expect, test } from "vitest";
import { createTextIndex } from "#shared/anchor/text-index.ts";
import { annotationMap } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Range } from "#shared/model/annotation.ts";
import { ROLES, type Role } from "#shared/model/role.ts";
import { Verdict } from "#shared/model/verdict.ts";
import { hashMark, hashParagraph, judgedMark, judgedParagraph } from "#shared/review/judged.ts";
import { ANSWERING, JUDGING, stateOf, type Act, type State } from "#shared/review/machine.ts";
import type { ReviewMark } from "#shared/review/mark.ts";
import { subjectKey } from "#shared/review/same-place.ts";
import { addAuthor } from "../../../server/command/roster.ts";
import { cells } from "../../shared/review/spec-tables.ts";
import { startWorld, type Someone, type World } from "../world.ts";

const OF_PARAGRAPHS: readonly Act[] = ["complete", "missing", "read"];
const isAnswer = (what: Act) => ANSWERING.some((one) => one === what);
const isJudging = (what: Act) => JUDGING.some((one) => one === what);

/** Judging is about the mark, so it never meets a superseded verdict, and of a mark nobody says "read". */
const reachable = cells.filter(({ what, state }) => {
  if (state === "superseded") return !isJudging(what);
  if (state === "read") return !isJudging(what) || OF_PARAGRAPHS.includes(what);
  // Taken back already, it is taken back as asked.
  return !(state === "open" && what === "withdraw");
});
const cases = reachable.map((cell, nth) => ({ ...cell, nth, words: `word${nth}` }));
const text = cases.map(({ words }) => words).join("\n");

let world: World;
let article: string;
let ana: Someone;
let rolf: Someone;
const people = new Map<Role, Someone>();
const ranges: Range[] = [];

beforeAll(async () => {
  world = await startWorld();
  ana = await world.newPerson("annotator", "Ana");
  rolf = await world.newPerson("reviewer", "Rolf");
  for (const role of ROLES) people.set(role, await world.newPerson(role));
  article = await world.newArticle(text);
  const { live } = world.running.services;
  await live.read(roomName({ kind: "text", article }), (doc) => {
    const index = createTextIndex(doc);
    for (const { words } of cases) {
      const start = index.plain.text.indexOf(words);
      const captured = index.captureText(start, start + words.length);
      if (captured) ranges.push({ ...captured, sv: "" });
    }
    index.destroy();
  });
  for (const author of [ana, ...people.values()]) {
    await addAuthor(world.running.services, article, author.id);
    await live.write(roomName({ kind: "layer", article, user: author.id }), author.id, (doc) => {
      for (const { nth } of cases) annotationMap(doc).set(`m${nth}`, annotation(nth));
    });
  }
  await keepLines();
}, 60_000);
afterAll(() => world.close());

const tags = ["binding"];

function annotation(nth: number) {
  const target = { kind: "text", ranges: [ranges[nth]] };
  return {
    id: `m${nth}`,
    tags,
    target,
    fields: {},
    links: [],
    note: "",
    codebook: "c@1",
    createdAt: 1,
    updatedAt: 1,
  };
}

function personOf(role: Role): Someone {
  const person = people.get(role);
  if (!person) throw new Error(role);
  return person;
}

/** Whose markup each case is about, and whose verdict. */
function partiesOf({ what, role }: { what: Act; role: Role }): { author: Someone; reviewer: Someone } {
  return isAnswer(what)
    ? { author: personOf(role), reviewer: rolf }
    : { author: ana, reviewer: personOf(role) };
}

/** A verdict that is in this state, as if it had been given and answered before. */
function verdictIn(state: State, { nth, what, role, words }: (typeof cases)[number]): Verdict {
  const { author, reviewer } = partiesOf({ what, role });
  const mark: ReviewMark = {
    author: author.id,
    id: `m${nth}`,
    tags,
    fields: {},
    links: [],
    text: words,
    state: "whole",
    start: 0,
    end: 0,
  };
  const aboutParagraph = OF_PARAGRAPHS.includes(what) || state === "read";
  const judged = aboutParagraph
    ? { hash: hashParagraph(words), judged: judgedParagraph(words) }
    : { hash: hashMark(mark), judged: judgedMark(mark) };
  const given = {
    open: "accepted",
    applied: "suggested",
    reopened: "accepted",
    superseded: "accepted",
  } as const;
  return Verdict.parse({
    id: `v${nth}`,
    on: aboutParagraph
      ? { kind: "paragraph", layer: author.id, range: ranges[nth] }
      : { kind: "mark", layer: author.id, annotation: mark.id },
    verdict: state in given ? given[state as keyof typeof given] : state,
    reason: state === "rejected" ? "rule" : null,
    suggestion: state === "suggested" || state === "applied" ? { tags: ["conditional"] } : null,
    by: reviewer.id,
    at: 1,
    ...judged,
    answer: state === "applied" ? { act: "applied", at: 2, ...judged } : null,
    reopened: state === "reopened" ? { by: ana.id, at: 2 } : null,
  });
}

async function keepLines(): Promise<void> {
  const { db } = world.running.services.database;
  const verdicts = cases.map((one) => verdictIn(one.state, one));
  const status = (state: State): "withdrawn" | "superseded" | "standing" =>
    state === "open" ? "withdrawn" : state === "superseded" ? "superseded" : "standing";
  const rows = verdicts.map((verdict, nth) => ({
    article_id: article,
    id: verdict.id,
    reviewer: verdict.by,
    subject: subjectKey(verdict.on),
    status: status(cases[nth]?.state ?? "open"),
    replaces: null,
    body: JSON.stringify(verdict),
    shown: 0,
  }));
  await db.insertInto("review_verdict").values(rows).execute();
  const acts = verdicts.map(({ id, by }, nth) => ({
    article_id: article,
    seq: nth + 1,
    id,
    act: "accept",
    actor: by,
    verdict_id: id,
    open: 1,
    body: "{}",
    at: 1,
  }));
  await db.insertInto("review_act").values(acts).execute();
}

const KIND = {
  accept: { verdict: "accepted" },
  reject: { verdict: "rejected", reason: "rule" },
  suggest: { verdict: "suggested", suggestion: { tags: ["conditional"] } },
  discuss: { verdict: "discussed", words: "Why?" },
  defer: { verdict: "deferred" },
  complete: { verdict: "complete" },
  missing: { verdict: "missing", words: "Something." },
  read: { verdict: "read" },
} as const;

test.each(cases)("[REV-33] $role asks to $what what is $state: $becomes", async (one) => {
  const { what, role, nth, becomes } = one;
  const as = personOf(role);
  const base = `/articles/${article}/verdicts`;
  const id = `n${nth}`;
  const { on } = verdictIn(one.state, one);
  const asked =
    what in KIND
      ? { path: base, body: { verdicts: [{ id, on, ...KIND[what as keyof typeof KIND] }] } }
      : isAnswer(what)
        ? { path: `${base}/v${nth}/answer`, body: { id, act: what, words: "Because." } }
        : { path: `${base}/v${nth}/${what}`, body: { id } };
  const { status, body } = await world.ask("POST", asked.path, { as, body: asked.body });
  expect(outcomeOf(status, body)).toBe(becomes);
});

function outcomeOf(status: number, body: unknown): string {
  const answer = body as {
    code?: string;
    refusal?: string;
    verdict?: Verdict;
    restored?: null;
    items?: { verdict: Verdict }[];
  };
  if (status === 403) return answer.code ?? "";
  if (status === 409) return answer.refusal ?? "";
  if (status !== 200) return `${status} ${JSON.stringify(body)}`;
  const verdict = answer.verdict ?? answer.items?.[0]?.verdict;
  return verdict ? stateOf(verdict) : "open";
}
