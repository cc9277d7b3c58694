import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { articleText, select, tagBar, text } from "./steps.ts";
import { ANA } from "./summit-marks.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** What two people do with the list of articles, and what comes into it. */
let product: Product;
let browser: Browser;
let owner: Member;
let ana: Person;
let ben: Person;
let article = "";

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  owner = await ownerOf(product);
  article = await seedArticle(owner);
  const editor = await guestOf(product, owner, "Ben Okafor", "editor");
  ana = await owner.browse(browser);
  ben = await editor.browse(browser);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const within = { timeout: 2_000 };
const row = ({ page }: Person, title: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("link", { name: title, exact: true }) });

async function newArticle({ page }: Person, tab: "Paste" | "File" | "Samples") {
  await page.goto(`${product.base}/articles`);
  await page.getByRole("button", { name: "New article" }).click();
  const dialog = page.getByRole("dialog", { name: "New article" });
  await dialog.getByRole("tab", { name: tab }).click();
  return dialog;
}

/** Creates from this file and gives the text that the article then has. */
async function fromFile(person: Person, name: string, buffer: Buffer): Promise<string> {
  const dialog = await newArticle(person, "File");
  await dialog.locator("input[type=file]").setInputFiles({ name, mimeType: "", buffer });
  await dialog.getByText(name).waitFor();
  await dialog
    .getByRole("tabpanel", { name: "File" })
    .getByRole("button", { name: "Create article" })
    .click();
  await person.page.waitForURL(/\/articles\/[^/?]+/);
  await expect.poll(() => articleText(person.page), { timeout: 10_000 }).not.toBe("");
  return articleText(person.page);
}

test("[ART-1] a pasted text becomes an article that keeps its title, source, publisher, date and address", async () => {
  const dialog = await newArticle(ana, "Paste");
  const paste = dialog.getByRole("tabpanel", { name: "Paste" });
  await paste
    .getByRole("textbox", { name: "Text" })
    .fill("The ministers agreed.\n\nThey will meet again in May.");
  await paste.getByLabel("Title").click();
  await expect.poll(() => paste.getByLabel("Title").inputValue()).toBe("The ministers agreed.");
  await ana.page.keyboard.press("Control+a");
  await ana.page.keyboard.type("Communiqué of the ministers");
  await paste.getByText("Where it comes from (optional)").click();
  await paste.getByLabel("Source").fill("Press room");
  await paste.getByLabel("Publisher").fill("Ministry of Examples");
  await paste.getByLabel("Date").fill("2026-02-03");
  await paste.getByLabel("Web address").fill("https://example.org/communique");
  await paste.getByRole("button", { name: "Create article" }).click();
  await ana.page.waitForURL(/\/articles\/[^/?]+/);
  await text(ana.page).getByText("They will meet again in May.").waitFor();
  await ana.page.getByRole("heading", { level: 1, name: "Communiqué of the ministers" }).waitFor();
  await ana.page.getByText("Ministry of Examples · Press room · February 3, 2026").waitFor();
  expect(await ana.page.getByRole("link", { name: "Original" }).getAttribute("href")).toBe(
    "https://example.org/communique",
  );
  await ana.page.reload();
  await ana.page.getByText("Ministry of Examples · Press room · February 3, 2026").waitFor();
});

test("[ART-2] files in old encodings are read as they were written", async () => {
  const words = "Zürich – „Größe“ costs 5 €";
  // Windows-1252: dash, quotation marks and the sign of the euro stand below 0xa0.
  const windows = Buffer.from("Z\u00FCrich \u0096 \u0084Gr\u00F6\u00DFe\u0093 costs 5 \u0080", "latin1");
  expect(await fromFile(ana, "old.txt", windows)).toContain(words);
  const utf16 = Buffer.from(`\uFEFF${words}`, "utf16le");
  expect(await fromFile(ana, "wide.txt", utf16)).toContain(words);
});

test("[ART-3] Markdown and HTML keep headings, lists and emphasis", async () => {
  await fromFile(ana, "report.md", Buffer.from("# What was agreed\n\n- one **firm** promise\n- another\n"));
  const body = text(ana.page);
  await body.getByRole("heading", { name: "What was agreed" }).waitFor();
  await body.locator("ul > li", { hasText: "one firm promise" }).waitFor();
  await body.locator("strong", { hasText: "firm" }).waitFor();
});

test("[ART-4] nothing of a hostile page runs, shows or stays", async () => {
  const hostile = `<!doctype html><title>Report</title><script>window.pwned = 1</script>
    <h1 onclick="pwned=2">Report</h1><p>Good <img src=x onerror="window.pwned=3"> words
    <a href="javascript:window.pwned=4">here</a><iframe srcdoc="<script>parent.pwned=5</script>"></iframe></p>
    <svg onload="window.pwned=6"><text>drawn</text></svg><style>body { display: none }</style>
    <p><a href="https://example.org/">fine</a></p><form action="/api/v1/session"><button>Go</button></form>`;
  const found = await fromFile(ana, "page.html", Buffer.from(hostile));
  expect(found).toContain("Good");
  expect(found).not.toMatch(/pwned|display|script/);
  const left = await text(ana.page).evaluate((body) => {
    const all = [...body.querySelectorAll("*")];
    return {
      elements: [...new Set(all.map(({ tagName }) => tagName))].filter((name) =>
        /^(SCRIPT|IFRAME|SVG|STYLE|FORM|BUTTON|OBJECT)$/i.test(name),
      ),
      handlers: all.flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith("on")),
      links: [...body.querySelectorAll("a")].map((link) => link.getAttribute("href")),
    };
  });
  expect(left).toEqual({ elements: [], handlers: [], links: ["https://example.org/"] });
  expect(await ana.page.evaluate(() => "pwned" in window)).toBe(false);
});

test("[ART-5] a file that Gloss does not read is refused with what to do, and nothing is made", async () => {
  const dialog = await newArticle(ana, "File");
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "report.docx", mimeType: "", buffer: Buffer.from("PK\u0003\u0004") });
  await dialog
    .getByText("report.docx is not a kind that Gloss reads. Save it as .txt, .md or .html and try again.")
    .waitFor();
  expect(new URL(ana.page.url()).pathname).toBe("/articles");
});

test("[ART-6] a sample becomes an article", async () => {
  const dialog = await newArticle(ana, "Samples");
  await dialog.getByRole("button", { name: /^Use Voluntary commitments/ }).click();
  await text(ana.page).getByText("The companies commit to internal and external security testing").waitFor();
  await ana.page
    .getByText(/The White House/)
    .first()
    .waitFor();
});

test("[ART-7] a new title is seen at once in an open article and in the list of another person", async () => {
  await ana.page.goto(`${product.base}/articles/${article}`);
  await text(ana.page).getByText("PARIS, January 7, 2026").waitFor();
  await ben.page.goto(`${product.base}/articles/${article}`);
  await text(ben.page).getByText("PARIS, January 7, 2026").waitFor();
  const list = await ben.context.newPage();
  await list.goto(`${product.base}/articles`);
  await list.getByRole("link", { name: /^Paris summit/ }).waitFor();
  await ana.page.getByRole("button", { name: /: rename$/ }).click();
  await ana.page.getByRole("textbox", { name: "Title" }).fill("What Paris promised");
  await ana.page.keyboard.press("Enter");
  await ben.page.getByRole("heading", { level: 1, name: "What Paris promised" }).waitFor(within);
  await list.bringToFront();
  await list.getByRole("link", { name: "What Paris promised" }).waitFor({ timeout: 35_000 });
  await list.close();
});

test("[ART-8] the list says words, marks, who is there now and the last change", async () => {
  await owner.mark(article, ANA.slice(0, 3));
  const counted = async () => (await owner.call<{ marks: number }>("GET", `/articles/${article}`)).marks;
  await expect.poll(counted, { timeout: 10_000 }).toBe(3);
  await ana.page.goto(`${product.base}/articles`);
  const facts = row(ana, "What Paris promised");
  await facts.getByText("Here now").waitFor();
  await facts.getByText("3 marks").waitFor();
  await facts.getByText(/^\d{3} words$/).waitFor();
  await facts.getByText(/^changed /).waitFor();
  await facts
    .getByText("Ben Okafor")
    .or(facts.getByLabel(/Ben Okafor/))
    .or(facts.getByTitle(/Ben Okafor/))
    .first()
    .waitFor();
});

test("[ART-9] an archived article leaves the list, can be brought back at once, and cannot be changed", async () => {
  const item = row(ana, "What Paris promised");
  const archive = async () => {
    await ana.page.getByRole("button", { name: "Actions for What Paris promised" }).click();
    await ana.page.getByRole("menuitem", { name: "Archive" }).click();
    await item.waitFor({ state: "hidden" });
  };
  await archive();
  await ana.page.getByRole("button", { name: "Undo" }).click();
  await item.waitFor();
  await archive();
  await ben.page
    .getByText("This article is archived: you can read it, nothing can be changed.")
    .waitFor(within);
  await ben.page.getByRole("button", { name: "Read only" }).waitFor();
  await select(ben.page, "The joint declaration");
  expect(await tagBar(ben.page).count()).toBe(0);
  expect(await ben.page.getByText("Edit", { exact: true }).count()).toBe(0);
  await expect(owner.mark(article, ANA.slice(3, 4))).rejects.toThrow("40");
});

test("[ART-10] an archived article is restored from its list or from itself, and is as it was", async () => {
  await ana.page.getByText("Archived", { exact: true }).click();
  await ana.page.getByRole("button", { name: "Actions for What Paris promised" }).click();
  await ana.page.getByRole("menuitem", { name: "Restore" }).click();
  await ben.page.getByText("This article is archived").waitFor({ state: "hidden", ...within });
  await select(ben.page, "The summit builds on months of preparations");
  await tagBar(ben.page).waitFor();
  await ben.page.keyboard.press("s");
  await ben.page.getByLabel("Source by Ben Okafor", { exact: true }).waitFor();
  await owner.call("PATCH", `/articles/${article}`, { archived: true });
  await ben.page.getByRole("button", { name: "Restore" }).click();
  await ben.page.getByText("This article is archived").waitFor({ state: "hidden" });
  expect([...ana.errors, ...ben.errors]).toEqual([]);
});
