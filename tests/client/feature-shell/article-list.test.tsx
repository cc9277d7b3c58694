// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { ArticlesPage } from "../../../client/page/articles-page.tsx";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import { FakeServer, json, problem } from "./fake-server.ts";
import { openScreen, type Screen } from "./screen.tsx";
import { article, me } from "./things.ts";

let screen: Screen;
afterEach(() => screen.close());

async function open(server: FakeServer, role: "owner" | "viewer" = "owner"): Promise<void> {
  screen = openScreen();
  await screen.show(<ArticlesPage />, { server, as: me({ role }), at: "/articles" });
}

function serving(items: readonly ArticleItem[]): FakeServer {
  const state = [...items];
  const server = new FakeServer().on("GET /articles", (call) => {
    const archived = call.query.includes("archived=true");
    return json({ items: state.filter((item) => (item.archivedAt !== null) === archived), next: null });
  });
  for (const [index, item] of items.entries()) {
    server.on(`PATCH /articles/${item.id}`, (call) => {
      const archived = (call.body as { archived: boolean }).archived;
      const next = { ...item, archivedAt: archived ? 1 : null };
      state[index] = next;
      return json(next);
    });
  }
  return server;
}

const titles = () => [...document.querySelectorAll("h2")].map((title) => title.textContent);

test("[UI-36] the list tells words, marks, people and the last change of each article", async () => {
  const people = [
    { id: "u2", name: "Lee", color: "#B54708" },
    { id: "u3", name: "Ben", color: "#15803D" },
  ];
  await open(serving([article({ title: "Paris", words: 1204, marks: 1, people, updatedAt: Date.now() })]));
  await screen.hears("Paris");
  for (const fact of ["1,204 words", "1 mark", "Lee, Ben", "just now"]) expect(screen.text).toContain(fact);
  expect(document.querySelector("h2 a")?.getAttribute("href")).toBe("/articles/a1");
});

test("[UI-15] archiving shows at once and can be undone from the message", async () => {
  const server = serving([article({ id: "a1", title: "Paris" }), article({ id: "a2", title: "Bonn" })]);
  await open(server);
  await screen.hears("Paris");
  await screen.click("Actions for Paris");
  await screen.click("Archive");
  await screen.hears("Archived “Paris”.");
  expect(titles()).toEqual(["Bonn"]);
  await screen.click("Undo");
  await screen.until(() => titles().includes("Paris"));
  expect(server.of("PATCH /articles/a1").map((call) => call.body)).toEqual([
    { archived: true },
    { archived: false },
  ]);
});

test("[UI-6] an article that could not be archived is back, with the reason", async () => {
  const server = serving([article({ title: "Paris" })]).on("PATCH /articles/a1", () => problem("forbidden"));
  await open(server);
  await screen.hears("Paris");
  await screen.click("Actions for Paris");
  await screen.click("Archive");
  await screen.hears("Your role does not allow this.");
  expect(titles()).toEqual(["Paris"]);
});

test("[UI-35] who may not change articles sees no way to", async () => {
  await open(serving([article({ title: "Paris" })]), "viewer");
  await screen.hears("Paris");
  expect(document.querySelectorAll("main button")).toHaveLength(0);
});

test("[UI-37] an empty list invites to begin, or says who can", async () => {
  await open(serving([]));
  await screen.hears("Which article do you want to read together?");
  await screen.button("Start from a sample");
  await screen.close();
  await open(serving([]), "viewer");
  await screen.hears("An editor or owner of this workspace adds them");
});

test("[UI-11] a list that could not be loaded says so and can be asked for again", async () => {
  const server = new FakeServer().on("GET /articles", () => problem("forbidden"));
  await open(server);
  await screen.hears("Your role does not allow this.");
  server.on("GET /articles", () => json({ items: [article({ title: "Paris" })], next: null }));
  await screen.click("Try again");
  await screen.hears("Paris");
});

test("[UI-30] a search loads the articles that are not there yet", async () => {
  const page = (from: number) =>
    Array.from({ length: 5 }, (_, i) => article({ id: `a${from + i}`, title: `Article ${from + i}` }));
  const server = new FakeServer().on("GET /articles", (call) =>
    json(call.query.includes("cursor=") ? { items: page(5), next: null } : { items: page(0), next: "c5" }),
  );
  await open(server);
  await screen.hears("Show more");
  expect(titles()).toHaveLength(5);
  await screen.type("Search articles", "article 8");
  await screen.until(() => titles().join() === "Article 8");
});
