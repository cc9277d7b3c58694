import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overflow, violations } from "./axe.ts";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { card, SENTENCE, text } from "./steps.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** An owner changes the codebook while a colleague has an article open under the old one. */
let product: Product;
let browser: Browser;
let ana: Member;
let ben: Member;
let owner: Person;
let guest: Person;
let article = "";

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  ana = await ownerOf(product);
  ben = await guestOf(product, ana, "Ben Okafor", "annotator");
  article = await seedArticle(ana);
  await ben.mark(article, [{ tags: ["intention"], words: SENTENCE }]);
  owner = await ana.browse(browser, { reducedMotion: "reduce" });
  guest = await ben.browse(browser);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = async (page: Page, at: string) => {
  await page.goto(`${product.base}/codebook${at}`);
  await page.getByRole("heading", { name: "Codebook", level: 1 }).waitFor();
};
const savedDraft = (page: Page) => page.getByText(/^Draft saved/).waitFor();
const tagsOfBen = async () => {
  const { layers } = await ana.call<{ layers: { annotations: { tags: string[] }[] }[] }>(
    "GET",
    `/articles/${article}/snapshot`,
  );
  return layers.flatMap(({ annotations }) => annotations.map(({ tags }) => tags.join("+")));
};

test("[CDB-21] a tag is made by keys alone: name, key, colour, order; and undone", async () => {
  const { page } = owner;
  await open(page, "");
  await page.getByRole("button", { name: "Add a tag" }).press("Enter");
  await page.keyboard.type("Vague promise");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Vague promise" }).waitFor();
  await page.getByText(/to put right before publishing/).waitFor();
  await page.getByLabel("Key", { exact: true }).fill("m");
  await page.getByRole("radio", { name: "Wavy" }).check();
  const item = page
    .getByRole("navigation", { name: "Parts of the codebook" })
    .getByRole("button", { name: /Vague promise/ });
  await item.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await savedDraft(page);
  const draft = () =>
    ana.call<{ codebook: { tags: { id: string; key: string; pattern: string }[] } }>(
      "GET",
      "/codebook/draft",
    );
  expect((await draft()).codebook.tags.slice(-2)).toMatchObject([
    { id: "vague-promise", key: "m", pattern: "underline-wavy" },
    { id: "refusal" },
  ]);
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("Control+z");
  await expect
    .poll(async () => (await draft()).codebook.tags.some(({ id }) => id === "vague-promise"))
    .toBe(false);
  expect(owner.errors).toEqual([]);
});

test("[CDB-16, CDB-17, CDB-19, KEY-13] a merge is published over existing marks, reaches an open article, and is taken back", async () => {
  const { page } = owner;
  await guest.page.goto(`${product.base}/articles/${article}`);
  await text(guest.page).getByText("PARIS, January 7, 2026").waitFor();
  await card(guest.page, "Intention", "Ben Okafor").waitFor();

  await open(page, "?at=tags/intention");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  // A check speaks of the tag still: it goes too.
  await page.getByText(/to put right before publishing/).click();
  await page.getByRole("listitem").filter({ hasText: "states nothing" }).getByRole("button").click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page
    .getByRole("button", { name: /^Publish/ })
    .first()
    .click();
  await page.getByText("The tag “Intention” is not in it").waitFor();
  await page
    .getByRole("combobox", { name: "The tag “Intention” is not in it" })
    .selectOption({ label: "Make them Binding" });
  await page.getByText("With these choices 1 mark will be changed, and all marks fit afterwards.").waitFor();
  await page.getByLabel("What is new, for the others").fill("Intention goes.");
  await page.getByRole("button", { name: "Publish, and change 1 mark" }).click();
  await page.getByText("Changed 1 mark").waitFor();
  expect(await tagsOfBen()).toEqual(["binding"]);

  // Ben has reloaded nothing.
  await card(guest.page, "Binding", "Ben Okafor").waitFor();
  await guest.page.keyboard.press("Control+k");
  // Hands do not wait for the palette; the letters are those of tags.
  await guest.page.keyboard.type("bct");
  const search = guest.page.getByRole("textbox", { name: "Search commands" });
  await search.fill("What does Intention");
  await expect
    .poll(() => guest.page.getByRole("option", { name: /What does Intention mean/ }).count())
    .toBe(0);
  await guest.page.keyboard.press("Escape");
  expect(await tagsOfBen()).toEqual(["binding"]);
  expect(guest.errors).toEqual([]);

  await page.getByRole("button", { name: "Take back …" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await page.getByText(/^Taken back by Ana Ruiz/).waitFor();
  expect(await tagsOfBen()).toEqual(["intention"]);
  await card(guest.page, "Intention", "Ben Okafor").waitFor();
  await page.getByText(/^Draft saved/).waitFor();
  expect(owner.errors).toEqual([]);
});

test("[CDB-20] words of a mark become an example in the draft", async () => {
  const { page } = owner;
  const { revision } = await ana.call<{ revision: number }>("GET", "/codebook/draft");
  await ana.call("DELETE", `/codebook/draft?revision=${revision}`);
  await page.goto(`${product.base}/articles/${article}`);
  await card(page, "Intention", "Ben Okafor").click();
  await page.getByRole("button", { name: "Use as an example" }).click();
  const dialog = page.getByRole("dialog", { name: "An example for the codebook" });
  await dialog.getByRole("radio", { name: /^none/ }).check();
  await dialog.getByLabel("Why").fill("a plain will");
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Send to the draft" }).click();
  await dialog.waitFor({ state: "hidden" });
  const { codebook } = await ana.call<{
    codebook: { tags: { id: string; negative: { quote: string; why: string }[] }[] };
  }>("GET", "/codebook/draft");
  expect(codebook.tags.flatMap(({ negative }) => negative)).toContainEqual({
    quote: SENTENCE,
    why: "a plain will",
  });
});

const PLACES = [
  "",
  "?at=tags/conditional",
  "?at=attributes/strength",
  "?at=relations/has-condition",
  "?at=checks/tentative-binding",
  "?at=rules/4",
  "?at=publish",
  "?at=versions",
];

test.each(PLACES)("[SCR-1, SCR-2] the codebook editor %s", async (at) => {
  const { page } = owner;
  await open(page, at);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (wanted) => document.documentElement.dataset["mantineColorScheme"] === wanted,
      colorScheme,
    );
    expect(await violations(page, colorScheme === "dark"), colorScheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await expect
      .poll(() => overflow(page), { timeout: 10_000, message: `at ${width} px` })
      .toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("[CDB-5] who does not own the workspace reads the codebook on its page", async () => {
  const { page } = guest;
  await page.goto(`${product.base}/codebook`);
  await page.getByRole("heading", { name: /^Commitments/, level: 1 }).waitFor();
  await page.getByText("On-the-hook test: could").waitFor();
  expect(await page.getByRole("button", { name: "Remove" }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});
