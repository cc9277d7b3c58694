import { afterAll, beforeAll, expect, test } from "vitest";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type Someone, type World } from "../world.ts";

const TEXT = "The UK and France will act. The U.K. will pay.";

let world: World;
let ana: Someone;
let ben: Someone;
let reviewer: Someone;
let article: string;
let hidden: string;

beforeAll(async () => {
  world = await startWorld({ sync: (options) => new FakeSync(options) });
  ana = await world.newPerson("annotator");
  ben = await world.newPerson("annotator");
  reviewer = await world.newPerson("owner");
  article = await world.newArticle(TEXT);
  hidden = await world.newArticle(TEXT, "Hidden");
});
afterAll(() => world.close());

/** The time of an article's last change is written a moment after it. */
const slowly = { timeout: 10_000 };
const mark = (as: Someone, into: string, actor: readonly string[]) =>
  world.ask("POST", `/articles/${into}/annotations`, {
    as,
    body: {
      annotations: [
        { tags: ["binding"], ranges: [{ start: 0, end: 26, exact: TEXT.slice(0, 26) }], fields: { actor } },
      ],
    },
  });
const names = async (as: Someone) => {
  const { body } = await world.ask("GET", "/names", { as });
  return (body as { items: { name: string; uses: number }[] }).items.map(
    ({ name, uses }) => `${name} ${uses}`,
  );
};

test("[QCK-18] names come from all articles, one body under many spellings once, and new ones follow", async () => {
  await mark(ana, article, ["United Kingdom", "France"]);
  await mark(ben, article, ["the United Kingdom", "Spain"]);
  await expect.poll(() => names(ana), slowly).toContain("United Kingdom 2");
  expect(await names(ana)).toContain("France 1");
  await mark(ana, article, ["France"]);
  await expect.poll(() => names(ben), slowly).toContain("France 2");
});

test("[QCK-18] names in layers that somebody may not see are not told to them", async () => {
  await world.ask("PATCH", `/articles/${hidden}`, { as: reviewer, body: { blind: true } });
  await mark(ana, hidden, ["Atlantis"]);
  await expect.poll(() => names(reviewer), slowly).toContain("Atlantis 1");
  expect(await names(ana)).toContain("Atlantis 1");
  expect(await names(ben)).not.toContain("Atlantis 1");
});
