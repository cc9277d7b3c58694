// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { acceptFile, sizeWords } from "../../../client/feature/articles/accept-file.ts";
import { NewArticleDialog } from "../../../client/feature/articles/new-article-dialog.tsx";
import { structuredHtml, titleFrom } from "../../../client/feature/articles/pasted.ts";
import { FakeServer, json, problem } from "./fake-server.ts";
import { enter, openScreen, type Screen } from "./screen.tsx";
import { me } from "./things.ts";

let screen: Screen | null = null;
afterEach(async () => {
  await screen?.close();
  screen = null;
});

async function open(server: FakeServer, onCreated: (id: string) => void = () => undefined): Promise<Screen> {
  const opened = openScreen();
  screen = opened;
  await opened.show(<NewArticleDialog startsWith="paste" onClose={() => undefined} onCreated={onCreated} />, {
    server,
    as: me(),
  });
  return opened;
}

async function paste(plain: string, html: string): Promise<void> {
  const area = await screen?.until(() => document.querySelector("textarea"));
  const event = new Event("paste", { bubbles: true, cancelable: true });
  const data: Record<string, string> = { "text/plain": plain, "text/html": html };
  Object.assign(event, { clipboardData: { getData: (type: string) => data[type] ?? "" } });
  await act(async () => area?.dispatchEvent(event));
}

async function choose(file: File): Promise<void> {
  const input = await screen?.until(() => document.querySelector<HTMLInputElement>("input[type=file]"));
  if (!input) return;
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  await act(async () => input.dispatchEvent(new Event("change", { bubbles: true })));
}

const created = new FakeServer().on("POST /articles", () => json({ id: "a9" }, 201));

test("[UI-33] what is pasted from a page keeps its structure and gives the title", async () => {
  const done = vi.fn();
  const shown = await open(created, done);
  const html = "<h1>Paris declaration</h1><ul><li>We will help.</li></ul>";
  await paste("Paris declaration\nWe will help.", html);
  await shown.hears("Pasted with its headings, lists and links.");
  await shown.click("Create article");
  await shown.until(() => done.mock.calls.length > 0);
  expect(done).toHaveBeenCalledExactlyOnceWith("a9");
  expect(created.of("POST /articles").at(-1)?.body).toMatchObject({
    title: "Paris declaration",
    format: "html",
    content: html,
  });
});

test("[UI-33] the same can be used as plain text", async () => {
  const shown = await open(created);
  await paste("One\nTwo", "<h1>One</h1><p>Two</p>");
  await shown.click("Use as plain text");
  await shown.click("Create article");
  await shown.until(() => created.of("POST /articles").length > 1);
  expect(created.of("POST /articles").at(-1)?.body).toMatchObject({ format: "text", content: "One\nTwo" });
});

test("[UI-33] a run of plain words is no structure", () => {
  expect(structuredHtml("")).toBeNull();
  expect(structuredHtml("<span style='color:red'>words</span>")).toBeNull();
  expect(structuredHtml("<p>one</p>")).toBeNull();
  expect(structuredHtml("<p>one</p><p>two</p>")).not.toBeNull();
  expect(structuredHtml("<p>see <a href='https://x.org'>this</a></p>")).not.toBeNull();
});

test("[UI-34] the title is the first line with words, and never breaks a word", () => {
  expect(titleFrom("\n# Joint statement\n\nText")).toBe("Joint statement");
  expect(titleFrom("***\n> Quoted")).toBe("Quoted");
  expect(titleFrom("")).toBe("");
  const long = titleFrom(`${"word ".repeat(60)}`);
  expect(long.length).toBeLessThanOrEqual(161);
  expect(long.endsWith("word…")).toBe(true);
});

test("[UI-32] a file that Gloss does not read is refused before it is sent, with the reason", async () => {
  const server = new FakeServer();
  const shown = await open(server);
  await choose(new File(["%PDF"], "report.pdf"));
  await shown.hears("report.pdf is not a kind that Gloss reads. Save it as .txt, .md or .html");
  const submit = await shown.until(() => document.querySelector("form:has(input[type=file])"));
  await act(async () => submit.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
  await shown.hears("Choose a file first.");
  expect(server.calls).toEqual([]);
});

test("[UI-32] name and size of a file are judged", () => {
  expect(acceptFile({ name: "A.TXT", size: 10 })).toEqual({ ok: true });
  expect(acceptFile({ name: "a.docx", size: 10 }).ok).toBe(false);
  expect(acceptFile({ name: "a.md", size: 0 })).toEqual({ ok: false, message: "a.md is empty." });
  expect(acceptFile({ name: "a.html", size: 30_000_000 }).ok).toBe(false);
  expect([sizeWords(12), sizeWords(14_200), sizeWords(2_340_000)]).toEqual(["12 bytes", "14 kB", "2.3 MB"]);
});

test("[UI-35] a file is sent with its name, and where it comes from is kept with it", async () => {
  const done = vi.fn();
  const server = new FakeServer()
    .on("POST /articles/upload", () => json({ id: "a3", title: "T", encoding: "utf-8" }, 201))
    .on("PATCH /articles/a3", () => problem("internal"));
  const shown = await open(server, done);
  const file = new File(["text"], "a.txt");
  await choose(file);
  const panel = await shown.until(() => document.querySelector("[role=tabpanel]:has(input[type=file])"));
  const source = [...panel.querySelectorAll("label")].find((label) => label.textContent === "Source");
  if (source?.control instanceof HTMLInputElement) await enter(source.control, "Kyiv Independent");
  const submit = [...panel.querySelectorAll("button")].find((button) => button.type === "submit");
  await act(async () => submit?.click());
  await shown.until(() => done.mock.calls.length > 0);
  expect(server.of("POST /articles/upload")[0]).toMatchObject({ query: "?name=a.txt", body: file });
  expect(server.of("PATCH /articles/a3")[0]?.body).toMatchObject({ source: "Kyiv Independent" });
  await shown.hears("The article is there, but not where it comes from.");
});
