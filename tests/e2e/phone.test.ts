import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { card, find, marked, SENTENCE, tagBar, text } from "./steps.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** The same work with a finger, on a screen of 390 by 844. */
let product: Product;
let browser: Browser;
let lee: Person;
let page: Page;
let ana: Member;
let article = "";

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  ana = await ownerOf(product);
  article = await seedArticle(ana);
  const guest = await guestOf(product, ana, "Lee", "editor");
  lee = await guest.browse(browser, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  });
  ({ page } = lee);
  await page.goto(`${product.base}/articles/${article}`);
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** As the system's own handles select: the browser has no gesture for it that a test could make. */
async function selectByTouch(words: string): Promise<void> {
  const { start } = await find(page, words);
  await page.touchscreen.tap(start.x, start.y);
  await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector(".ProseMirror") ?? document,
      NodeFilter.SHOW_TEXT,
    );
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, words);
}

test("[PHN-1] the text has the width of the screen, in letters that can be read", async () => {
  const look = await text(page)
    .locator("p")
    .first()
    .evaluate((block) => ({
      width: block.getBoundingClientRect().width,
      size: Number.parseFloat(getComputedStyle(block).fontSize),
    }));
  expect(look.width).toBeGreaterThan(320);
  expect(look.size).toBeGreaterThanOrEqual(16);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("[PHN-2] words are selected and tagged with a finger, on targets that a finger meets", async () => {
  await selectByTouch(SENTENCE);
  await tagBar(page).waitFor();
  for (const name of ["Binding", "Conditional"]) {
    const target = tagBar(page).getByRole("button", { name: new RegExp(`^${name}`) });
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(32);
    await target.tap();
  }
  await expect.poll(async () => (await marked(page)).join("")).toContain(SENTENCE);
  await tagBar(page).getByRole("button", { name: "Done" }).tap();
  await tagBar(page).waitFor({ state: "hidden" });
});

test("[PHN-3] a tap on marked words opens their card over the lower part of the screen, the words still in sight", async () => {
  const { start } = await find(page, "Starmer detailed a trilateral agreement");
  await page.touchscreen.tap(start.x + 40, start.y);
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe("");
  await page.getByText("establish military hubs across Ukraine").first().tap();
  const mine = card(page, "Binding, Conditional", "Lee");
  await mine.waitFor();
  const words = await page.getByText("establish military hubs across Ukraine").first().boundingBox();
  const sheet = await page.getByRole("region", { name: "Annotations" }).boundingBox();
  expect(sheet?.y).toBeGreaterThan(200);
  expect(words?.y).toBeLessThan(sheet?.y ?? 0);
  expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBeLessThanOrEqual(845);
});

test("[PHN-4] a field is filled and kept", async () => {
  const field = card(page, "Binding, Conditional", "Lee").getByRole("textbox", { name: "Condition" });
  await field.tap();
  await field.fill("a ceasefire");
  await field.press("Enter");
  const kept = async () => {
    const { layers } = await ana.call<{ layers: { annotations: { fields: Record<string, unknown> }[] }[] }>(
      "GET",
      `/articles/${article}/snapshot`,
    );
    return layers.flatMap(({ annotations }) => annotations.map(({ fields }) => fields["condition"]));
  };
  await expect.poll(kept, { timeout: 10_000 }).toContain("a ceasefire");
  await page.getByRole("button", { name: "Close this card" }).tap();
});

test("[PHN-5] the sheet lists the marks that are in sight", async () => {
  const handle = page.getByRole("button", { name: /marks? here/ });
  await handle.tap();
  await page.getByRole("region", { name: "Annotations" }).getByRole("listitem").first().waitFor();
  await handle.tap();
});

test("[PHN-6] the filters, the way of working and the account are within reach", async () => {
  await page.getByRole("button", { name: "Filters and outline", exact: true }).tap();
  await page.getByRole("checkbox", { name: /^Source/ }).tap();
  await page.getByRole("button", { name: "Close filters and outline" }).tap();
  await expect.poll(() => marked(page)).toEqual([]);
  await page.getByRole("button", { name: "Filters and outline", exact: true }).tap();
  await page.getByRole("button", { name: "Clear" }).tap();
  await page.getByRole("button", { name: "Close filters and outline" }).tap();
  await page.getByText("Edit", { exact: true }).tap();
  await page.getByRole("toolbar", { name: "Text" }).waitFor();
  await page.getByText("Annotate", { exact: true }).tap();
  await page.getByRole("button", { name: "Account of Lee" }).tap();
  await page.getByRole("menuitem", { name: /^Account/ }).tap();
  await page.getByRole("heading", { level: 1, name: "Account" }).waitFor();
  expect(lee.errors).toEqual([]);
});
