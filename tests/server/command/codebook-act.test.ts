import { afterEach, expect, test } from "vitest";
import { putAnnotation, readLayer } from "#shared/doc/layer.ts";
import { roomName } from "#shared/doc/rooms.ts";
import type { Annotation } from "#shared/model/annotation.ts";
import { currentCodebook } from "../../../server/command/codebook.ts";
import { carryOn, resumeActs } from "../../../server/command/codebook-act.ts";
import { saveDraft } from "../../../server/command/codebook-draft.ts";
import { getAct, publishDraft, undoAct } from "../../../server/command/codebook-publish.ts";
import { addAuthor } from "../../../server/command/roster.ts";
import type { Services } from "../../../server/command/services.ts";
import type { Principal } from "../../../server/auth/principal.ts";
import { startWorld, type Someone, type World } from "../world.ts";

let world: World;
afterEach(() => world.close());

const MARKS = 10_000;

const made = (nth: number): Annotation => ({
  id: `m${nth}`,
  tags: nth % 2 === 0 ? ["hedge"] : ["binding", "hedge"],
  target: { kind: "document" },
  fields: {},
  links: [],
  note: "",
  codebook: "commitments@1.0.0",
  createdAt: 1,
  updatedAt: 1,
});

async function bigLayer(someone: Someone): Promise<string> {
  const { services } = world.running;
  await addAuthor(services, world.article, someone.id);
  const room = roomName({ kind: "layer", article: world.article, user: someone.id });
  for (let from = 0; from < MARKS; from += 1_000) {
    await services.live.write(room, someone.id, (doc) => {
      for (let nth = from; nth < from + 1_000; nth += 1) putAnnotation(doc, made(nth));
    });
  }
  return room;
}

const principalOf = ({ id, name, role }: Someone): Principal => ({
  id,
  name,
  role,
  color: "#1D4ED8",
  via: "token",
  credential: "test",
  expiresAt: null,
});

/** The same server whose writes into layers stop after so many, as if it had been killed there. */
function killedAfter(services: Services, writes: number): { services: Services; live: () => void } {
  let left = writes;
  const { live } = services;
  return {
    live: () => (left = Number.POSITIVE_INFINITY),
    services: {
      ...services,
      live: {
        write: async (room, user, change) => {
          if (room.includes("/layer/") && left-- <= 0) throw new Error("killed");
          await live.write(room, user, change);
        },
        read: (room, look) => live.read(room, look),
        seed: (room, update) => live.seed(room, update),
        rightsChanged: (scope) => live.rightsChanged(scope),
        present: (article) => live.present(article),
        onCommitted: (listener) => live.onCommitted(listener),
      },
    },
  };
}

test("[CDB-18] an act over 10,000 marks that was killed half-way goes on at the next start, and so does its undo", async () => {
  world = await startWorld();
  const [owner, ana] = [await world.person("owner"), await world.newPerson("annotator")];
  const room = await bigLayer(ana);
  const tally = () =>
    world.running.services.live.read(room, (doc) =>
      Object.groupBy(readLayer(doc).annotations.values(), ({ tags }) => tags.join("+")),
    );
  const sizes = async () =>
    Object.fromEntries(Object.entries(await tally()).map(([tags, marks]) => [tags, marks?.length ?? 0]));
  const start = { hedge: MARKS / 2, "binding+hedge": MARKS / 2 };
  expect(await sizes()).toEqual(start);

  const who = principalOf(owner);
  const dying = killedAfter(world.running.services, 7);
  const codebook = await currentCodebook(world.running.services.database.db);
  const { revision } = await saveDraft(dying.services, who, {
    revision: 0,
    codebook,
    plan: [{ kind: "tag", tag: "hedge", into: "source" }],
  });
  const act = await publishDraft(dying.services, who, { revision, version: "1.1.0", note: "" });
  await carryOn(dying.services, act.id);
  const half = await sizes();
  expect(half["hedge"]).toBeGreaterThan(0);
  expect(half["source"]).toBeGreaterThan(0);

  await world.restart();
  await resumeActs(world.running.services);
  expect(await sizes()).toEqual({ source: MARKS / 2, "binding+source": MARKS / 2 });
  const done = await getAct(world.running.services, act.id);
  expect(done).toMatchObject({ status: "done", total: MARKS, done: MARKS });

  const dyingAgain = killedAfter(world.running.services, 5);
  await undoAct(dyingAgain.services, who, act.id);
  await carryOn(dyingAgain.services, act.id);
  expect((await sizes())["source"]).toBeGreaterThan(0);
  await world.restart();
  await resumeActs(world.running.services);
  expect(await sizes()).toEqual(start);
  const marks = await world.running.services.live.read(room, (doc) => [
    ...readLayer(doc).annotations.values(),
  ]);
  expect(marks.toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))).toEqual(
    Array.from({ length: MARKS }, (_, nth) => made(nth)),
  );
}, 60_000);

test("[CDB-18] an act that ended between writing down and doing is done once", async () => {
  world = await startWorld();
  const [owner, ana] = [await world.person("owner"), await world.newPerson("annotator")];
  const { services } = world.running;
  const room = roomName({ kind: "layer", article: world.article, user: ana.id });
  await addAuthor(services, world.article, ana.id);
  await services.live.write(room, ana.id, (doc) => putAnnotation(doc, made(0)));
  const codebook = await currentCodebook(services.database.db);
  const who = principalOf(owner);
  // Two tags change places, so that doing it twice would show.
  const plan = [
    { kind: "tag" as const, tag: "hedge", into: "source" },
    { kind: "tag" as const, tag: "source", into: "hedge" },
  ];
  const { revision } = await saveDraft(services, who, { revision: 0, codebook, plan });
  const dying = killedAfter(services, 0);
  const act = await publishDraft(dying.services, who, { revision, version: "1.1.0", note: "" });
  await carryOn(dying.services, act.id);
  dying.live();
  await carryOn(dying.services, act.id);
  await carryOn(dying.services, act.id);
  const tags = await services.live.read(room, (doc) => readLayer(doc).annotations.get("m0")?.tags);
  expect(tags).toEqual(["source"]);
  expect(await getAct(services, act.id)).toMatchObject({ status: "done", done: 1 });
});
