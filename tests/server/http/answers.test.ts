import { afterAll, beforeAll, expect, test } from "vitest";
import { API, type Endpoint, type EndpointSpec } from "#shared/wire/api.ts";
import { startWorld, type World } from "../world.ts";

/** With the live documents as they are served, not a fake of them. */
let world: World;
beforeAll(async () => {
  world = await startWorld();
  const as = await world.person("owner");
  const annotations = [{ tags: ["binding"], ranges: [{ start: 0, end: 5, exact: "PARIS" }] }];
  await world.ask("POST", `/articles/${world.article}/annotations`, { as, body: { annotations } });
  await world.ask("POST", "/invites", { as, body: { role: "viewer", articleId: world.article } });
  const { body: codebook } = await world.ask("GET", "/codebook", { as });
  await world.ask("POST", "/codebook/draft", { as, body: { revision: 0, codebook } });
  const { body } = await world.ask("POST", "/codebook/versions", {
    as,
    body: { revision: 1, version: "1.0.1" },
  });
  reach.set("getCodebookAct", `/codebook/acts/${(body as { id: string }).id}`);
});
afterAll(() => world.close());

/** Where there is something to read, for endpoints that do not say so themselves. */
const reach = new Map<Endpoint, string>([
  ["getCodebookVersion", "/codebook/versions/commitments@1.0.0"],
  ["listCodebookMarks", "/codebook/impact/marks?kind=tag&subject=binding"],
]);

const reading = (Object.keys(API) as Endpoint[]).filter(
  (endpoint) => API[endpoint].method === "GET" && endpoint !== "getJoin",
);

test.each(reading)("[HTTP-1] %s answers with what its schema names and nothing else", async (endpoint) => {
  const { path, result, status }: EndpointSpec = API[endpoint];
  const as = await world.person("owner");
  const answer = await world.ask("GET", reach.get(endpoint) ?? path.replace(":id", world.article), { as });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
  expect(answer.body).toEqual(result.parse(answer.body));
});

test("[HTTP-1] what a handler has at hand beyond the schema stays inside", async () => {
  const { body } = await world.ask("GET", "/samples", { as: await world.person("viewer") });
  const [sample = {}] = (body as { items: object[] }).items;
  expect(Object.keys(sample).toSorted()).toEqual(["id", "published", "publisher", "title", "words"]);
});

test("[HTTP-18, ACC-15] marks, roster and numbers outlast a restart", async () => {
  const as = await world.person("owner");
  const snapshot = async () => (await world.ask("GET", `/articles/${world.article}/snapshot`, { as })).body;
  await world.running.flushCounts();
  const before = { ...((await snapshot()) as object), takenAt: 0 };
  await world.restart();
  expect({ ...((await snapshot()) as object), takenAt: 0 }).toEqual(before);
  expect(before).toMatchObject({ layers: [{ user: { id: as.id }, annotations: [{ tags: ["binding"] }] }] });
  expect((await world.ask("GET", "/articles", { as })).body).toMatchObject({ items: [{ marks: 1 }] });
});
