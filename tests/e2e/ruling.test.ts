import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overflow, violations } from "./axe.ts";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { card, text } from "./steps.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** A discussion about a mark ends in a ruling, which reaches the codebook and leads to other marks. */
let product: Product;
let browser: Browser;
let ana: Member;
let ben: Member;
let rita: Member;
let anas: Person;
let ritas: Person;
let article = "";
let other = "";

const WORDS = "We will continue to step up our support for Ukraine's defense in 2026";
const THREAD = "thread-of-ben";
const panel = (page: Page) => page.getByRole("complementary", { name: "Discussions" });
const dialog = (page: Page) => page.getByRole("dialog", { name: "End with a ruling" });
const against = (page: Page) => page.getByRole("region", { name: "Marks it would change" });
const ruling = (page: Page, name: string) => panel(page).getByRole("article", { name });
const quotes = (page: Page) => against(page).getByRole("link").allTextContents();

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  ana = await ownerOf(product);
  ben = await guestOf(product, ana, "Ben Okafor", "annotator");
  rita = await guestOf(product, ana, "Rita Maier", "reviewer");
  article = await seedArticle(ana);
  const made = {
    title: "Second report",
    format: "text",
    content: `Again: “We will continue to step up our support for Ukraine's defense in 2026,” they said.`,
  };
  other = (await ana.call<{ id: string }>("POST", "/articles", made)).id;
  await ben.mark(article, [{ tags: ["binding"], words: WORDS }]);
  await ben.mark(other, [{ tags: ["binding"], words: WORDS }]);
  await rita.mark(other, [{ tags: ["intention"], words: `${WORDS},` }]);
  await ben.call("POST", `/articles/${article}/threads`, {
    id: THREAD,
    target: { kind: "mark", author: ben.id, mark: (await markOf(ben)).id },
    message: { id: "m1", text: "Is it binding?" },
  });
  const options = { reducedMotion: "reduce", viewport: { width: 1280, height: 900 } } as const;
  [anas, ritas] = await Promise.all([ana.browse(browser, options), rita.browse(browser, options)]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function markOf(member: Member): Promise<{ id: string }> {
  const { layers } = await ana.call<{
    layers: { user: { id: string }; annotations: { id: string }[] }[];
  }>("GET", `/articles/${article}/snapshot`);
  const found = layers.find(({ user }) => user.id === member.id)?.annotations[0];
  if (!found) throw new Error("no mark");
  return found;
}

async function openThread({ page }: Person): Promise<void> {
  await page.goto(`${product.base}/articles/${article}?thread=${THREAD}`);
  await panel(page).getByText("Is it binding?").waitFor();
}

test("[RUL-7, RUL-8] by keys alone a reviewer ends the discussion with a ruling; before it is saved the marks it would change are listed", async () => {
  const { page } = ritas;
  await openThread(ritas);
  await panel(page).getByRole("button", { name: "Rule …" }).press("Enter");
  await expect
    .poll(() =>
      dialog(page)
        .getByLabel("Why")
        .evaluate((at) => at === document.activeElement),
    )
    .toBe(true);
  expect(await dialog(page).getByLabel("The words").inputValue()).toBe(WORDS);
  await expect.poll(() => quotes(page)).toHaveLength(1);
  expect((await quotes(page))[0]).toContain("Rita Maier in Second report");
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "hidden" });
  await panel(page).getByText("Is it binding?").waitFor();
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("radio", { name: "not an example of" }).press("Space");
  await expect.poll(() => quotes(page)).toHaveLength(2);
  expect((await quotes(page)).join()).toContain("Ben Okafor in Second report");
  expect(await violations(page)).toEqual([]);
  await dialog(page).getByLabel("Why").focus();
  await page.keyboard.type("Support has no measure.");
  await page.keyboard.press("Control+Enter");
  await dialog(page).waitFor({ state: "hidden" });
  const item = ruling(page, "Ruling by Rita Maier");
  await item.getByText("Support has no measure.").waitFor();
  await expect.poll(() => item.evaluate((at) => at === document.activeElement)).toBe(true);
  await item.getByText("Waits for an owner").waitFor();
  await panel(page)
    .getByText(/^Resolved by Rita Maier/)
    .waitFor();
  expect(ritas.errors).toEqual([]);
});

test("[RUL-7] afterwards the marks are listed in the discussion, and each leads to the mark in its article", async () => {
  const { page } = ritas;
  const item = ruling(page, "Ruling by Rita Maier");
  await expect.poll(() => item.getByRole("link").count()).toBe(2);
  await item.getByRole("link", { name: /Second report/ }).press("Enter");
  await page.waitForURL(new RegExp(`/articles/${other}`));
  await text(page).getByText("they said").waitFor();
  await card(page, "Binding", "Ben Okafor").getByRole("button", { name: "Discuss" }).waitFor();
});

test("[RUL-4, RUL-8] an owner finds the ruling waiting in the codebook, adds it, and it is an example that leads back", async () => {
  const { page } = anas;
  await page.goto(`${product.base}/codebook`);
  const waiting = page.getByRole("list", { name: "Rulings waiting" });
  await waiting.getByText("Support has no measure.").waitFor();
  expect(await violations(page)).toEqual([]);
  await waiting.getByRole("button", { name: /^Add as example/ }).press("Enter");
  await waiting.waitFor({ state: "hidden" });
  await page
    .getByRole("navigation", { name: "Parts of the codebook" })
    .getByRole("button", { name: /Binding/ })
    .click();
  const example = page.getByRole("list", { name: "No, this is none" }).getByRole("listitem").last();
  await expect.poll(() => example.getByRole("textbox").first().inputValue()).toBe(WORDS);
  await page.getByText(/^Draft saved/).waitFor();
  expect(await violations(page)).toEqual([]);
  await example.getByRole("link", { name: "a discussion" }).click();
  await ruling(page, "Ruling by Rita Maier")
    .getByText(/^In the draft of the codebook, by Ana Ruiz/)
    .waitFor();
  expect(anas.errors).toEqual([]);
});

test("[RUL-5, RUL-8] taken back it stays as such, the discussion is open, and the example has left the draft; dark and narrow", async () => {
  const { page } = anas;
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page, true)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBe(0);
  await ruling(page, "Ruling by Rita Maier").getByRole("button", { name: "Take back …" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await ruling(page, "Ruling by Rita Maier, taken back")
    .getByText(/^Taken back by Ana Ruiz/)
    .waitFor();
  await panel(page).getByRole("button", { name: "Resolve" }).waitFor();
  const { codebook } = await ana.call<{
    codebook: { tags: { id: string; negative: { quote: string }[] }[] };
  }>("GET", "/codebook/draft");
  const binding = codebook.tags.find(({ id }) => id === "binding");
  expect(binding?.negative.map(({ quote }) => quote)).not.toContain(WORDS);
  await panel(page).getByRole("button", { name: "Rule …" }).click();
  await dialog(page)
    .getByText(/^1 mark with these words/)
    .waitFor();
  expect(await overflow(page)).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(anas.errors).toEqual([]);
});
