import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { card, find, mark, SENTENCE, text } from "./steps.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** Two annotators who do not see each other's marks, until the owner reveals them. */
let product: Product;
let browser: Browser;
let owner: Member;
let ana: Person;
let ben: Person;
let article = "";

const within = { timeout: 5_000 };

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  owner = await ownerOf(product);
  const guest = await guestOf(product, owner, "Ben Okafor", "annotator");
  article = await seedArticle(owner);
  ana = await owner.browse(browser);
  ben = await guest.browse(browser);
  for (const { page } of [ana, ben]) {
    await page.goto(`${product.base}/articles/${article}`);
    await text(page).getByText("PARIS, January 7, 2026").waitFor();
  }
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test("[BLD-5] blind mode is switched on beside sharing, hides others' marks at once, and reveals them", async () => {
  await mark(ana.page, SENTENCE, "b");
  await card(ben.page, "Binding", "Ana Ruiz").waitFor(within);
  await ana.page.getByRole("button", { name: "Share" }).click();
  await ana.page.getByRole("switch", { name: "Blind annotation" }).click();
  await ana.page.keyboard.press("Escape");
  await ben.page.getByText("you see your own marks only").waitFor(within);
  await card(ben.page, "Binding", "Ana Ruiz").waitFor({ state: "detached", ...within });

  await mark(ben.page, "we will keep the pressure up", "c");
  await card(ana.page, "Conditional", "Ben Okafor").waitFor(within);
  await ben.page.reload();
  await text(ben.page).getByText("PARIS, January 7, 2026").waitFor();
  await find(ben.page, SENTENCE);
  await card(ben.page, "Conditional", "Ben Okafor").waitFor(within);
  expect(await card(ben.page, "Binding", "Ana Ruiz").count()).toBe(0);

  await ana.page.evaluate(() => window.scrollTo(0, 0));
  await ana.page.getByRole("button", { name: "Reveal" }).click();
  await card(ben.page, "Binding", "Ana Ruiz").waitFor(within);
  await ben.page.getByText("you see your own marks only").waitFor({ state: "detached", ...within });
  expect([...ana.errors, ...ben.errors]).toEqual([]);
});
