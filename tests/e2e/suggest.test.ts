import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overflow, violations } from "./axe.ts";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { caretAfter, editMode, select, text } from "./steps.ts";
import { guestOf, type Member, ownerOf } from "./team.ts";

/** An annotator suggests changes of the text by keys, an editor decides them while others type. */
let product: Product;
let browser: Browser;
let ben: Member;
let ana: Member;
let anas: Person;
let bens: Person;
let article = "";

const CONTENT =
  "The Union will pay for the harbour.\n\nOthers may perhaps follow later this year.\n\nNobody has promised anything else so far.";
const within = { timeout: 5_000 };

const panel = (page: Page) => page.getByRole("complementary", { name: "Suggested changes" });
const card = (page: Page) => page.locator('[data-region="suggestion"]');

/** The text as it is true, without what is drawn over it. */
const truth = async (): Promise<string> =>
  (await ana.call<{ text: string }>("GET", `/articles/${article}/snapshot`)).text;

/** What is drawn over the text: "-" for what would go, "+" for what would come. */
const drawn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".gloss-text :is(del, ins)")].map(
      (node) => `${node.localName === "del" ? "-" : "+"}${node.textContent}`,
    ),
  );

const open = async ({ page }: Person): Promise<void> => {
  await page.goto(`${product.base}/articles/${article}`);
  await text(page).getByText("later this year").waitFor();
};

const suggestMode = async (page: Page): Promise<void> => {
  await page.locator("header").getByText("Suggest", { exact: true }).click();
  await expect.poll(() => text(page).getAttribute("data-mode")).toBe("suggest");
};

/** Suggests over the API, as a program does. */
const suggest = async (by: Member, words: string, put: string): Promise<string> => {
  const start = (await truth()).indexOf(words);
  const id = crypto.randomUUID();
  await by.call("POST", `/articles/${article}/suggestions`, {
    id,
    target: { kind: "offsets", start, end: start + words.length, exact: words },
    text: put,
  });
  return id;
};

const statusOf = async (id: string) => {
  type Item = { id: string; status: string; applied: object | null; decided: { reason: string } | null };
  const { items } = await ana.call<{ items: Item[] }>("GET", `/articles/${article}/suggestions`);
  return items.find((one) => one.id === id);
};

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  ana = await ownerOf(product);
  ben = await guestOf(product, ana, "Ben Okafor", "annotator");
  const made = await ana.call<{ id: string }>("POST", "/articles", {
    title: "The harbour",
    format: "text",
    content: CONTENT,
  });
  article = made.id;
  [anas, bens] = await Promise.all([
    ana.browse(browser, { reducedMotion: "reduce" }),
    ben.browse(browser, { reducedMotion: "reduce" }),
  ]);
  await Promise.all([open(anas), open(bens)]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test("[SUG-9] by keys alone an annotator goes to Suggest, types over words, and a colleague sees it while the text stays", async () => {
  const { page } = bens;
  const before = await truth();
  await text(page).focus();
  await page.keyboard.press("Alt+Shift+S");
  await expect.poll(() => text(page).getAttribute("data-mode")).toBe("suggest");
  await page.getByRole("region", { name: "Suggesting" }).waitFor();
  await page.keyboard.press("Control+Home");
  for (let step = 0; step < 10; step += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+Shift+ArrowRight");
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe("will");
  await page.keyboard.type("shall");
  await expect.poll(() => drawn(page)).toEqual(["-will", "+shall"]);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => drawn(anas.page), within).toEqual(["-will", "+shall"]);
  expect(await truth()).toBe(before);
  const sign = anas.page.getByRole("button", { name: "Ben Okafor suggests: replace “will” with “shall”" });
  expect(await sign.textContent()).toBe("BO");
});

test("[SUG-10] Backspace and Delete suggest deletions, Escape drops what is being written, Enter begins no paragraph", async () => {
  const { page } = bens;
  await caretAfter(page, "Others may perhaps");
  await page.keyboard.press("Control+Backspace");
  await expect.poll(() => drawn(page)).toEqual(["-will", "+shall", "-perhaps"]);
  await page.keyboard.press("Escape");
  await expect.poll(() => drawn(page)).toEqual(["-will", "+shall"]);
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.locator("output").allTextContents())
    .toContain("A suggestion stays inside one paragraph. Suggest a change in each by itself.");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Delete");
  await expect.poll(() => drawn(page)).toEqual(["-will", "+shall", "-y p"]);
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  await expect.poll(() => drawn(page)).toEqual(["-will", "+shall", "-y p"]);
  await page.keyboard.press("Control+z");
  await expect.poll(() => drawn(page)).toEqual(["-will", "+shall"]);
  expect(await truth()).toContain("perhaps follow");
});

test("[SUG-11] accepted by keys while somebody types beside the words it becomes one edit that undo takes back", async () => {
  const { page } = anas;
  await editMode(page);
  await caretAfter(page, "The Union");
  await page.keyboard.type(" itself");
  await expect.poll(truth, within).toContain("The Union itself will pay");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Alt+Shift+N");
  await card(page).getByRole("button", { name: "Accept" }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Accept");
  await page.keyboard.press("Enter");
  await expect.poll(truth, within).toContain("The Union itself shall pay for");
  await expect.poll(() => drawn(bens.page), within).toEqual([]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain("gloss-text");
  await page.keyboard.press("Control+z");
  await expect.poll(truth, within).toContain("The Union itself will pay for");
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(truth, within).toContain("The Union itself shall pay for");
});

test("[SUG-6, SUG-11] a concurrent edit inside the words is shown before and now, and what is there now can be replaced", async () => {
  const { page } = anas;
  const id = await suggest(ben, "may perhaps follow", "will follow");
  await expect.poll(() => drawn(page), within).toEqual(["-may perhaps follow", "+will follow"]);
  await caretAfter(page, "may perhaps");
  await page.keyboard.type(" soon");
  await expect.poll(() => drawn(bens.page), within).toEqual(["+will follow"]);
  await page.keyboard.press("Alt+Shift+G");
  await panel(page).getByText("The words have changed since. They are now:").waitFor();
  await panel(page).getByText("may perhaps soon follow").waitFor();
  await panel(page).getByRole("button", { name: "Replace what is there now" }).click();
  await expect.poll(truth, within).toContain("Others will follow later");
  await expect.poll(async () => (await statusOf(id))?.applied !== null, within).toBe(true);
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
});

test("[SUG-12] a suggestion is rejected with a reason, and its author reads it among the decided", async () => {
  const id = await suggest(ben, "Nobody has", "Somebody has");
  const { page } = anas;
  await page.getByRole("button", { name: /^Ben Okafor suggests: replace “Nobody has”/ }).click();
  await card(page).getByRole("button", { name: "Reject" }).click();
  await page.keyboard.type("Not so.");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await statusOf(id))?.status, within).toBe("rejected");
  await bens.page.keyboard.press("Alt+Shift+G");
  await panel(bens.page)
    .getByRole("radio", { name: /^Decided/ })
    .check();
  await panel(bens.page).getByText("Not so.").waitFor();
  expect(await violations(bens.page)).toEqual([]);
  await bens.page.getByRole("button", { name: "Close the suggested changes" }).click();
});

test("[SUG-13] words are selected, a key opens a field, and what is written there shows in the text at once", async () => {
  const { page } = bens;
  await page.getByText("Annotate", { exact: true }).click();
  await select(page, "so far");
  await page.keyboard.press("Control+Alt+s");
  const field = page.getByRole("textbox", { name: "Put in place of these words" });
  await field.waitFor();
  await field.fill("until now");
  await expect.poll(() => drawn(page)).toEqual(["-so far", "+until now"]);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect.poll(() => drawn(anas.page), within).toEqual(["-so far", "+until now"]);
});

test("[SUG-14] what is suggested without a connection is kept over a reload and sent later", async () => {
  const { page, context } = bens;
  await page.route("**/suggestions", (route) => route.abort());
  await suggestMode(page);
  await caretAfter(page, "Nobody");
  await page.keyboard.type(" here");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Alt+Shift+G");
  await panel(page).getByText("Kept on this device; it is sent when there is a connection.").waitFor();
  await page.reload();
  await expect.poll(() => drawn(page), { timeout: 15_000 }).toContain("+ here");
  expect(await drawn(anas.page)).not.toContain("+ here");
  await page.unroute("**/suggestions");
  await context.setOffline(true);
  await context.setOffline(false);
  await expect.poll(() => drawn(anas.page), { timeout: 15_000 }).toContain("+ here");
});

test("[SUG-15] all are accepted after one question, each an edit of its own, those whose words changed stay", async () => {
  const { page } = anas;
  await suggest(ben, "harbour", "port");
  const stale = await suggest(ben, "promised anything", "promised a thing");
  await expect.poll(() => drawn(page), within).toContain("+port");
  await caretAfter(page, "promised any");
  await page.keyboard.type("-");
  await expect.poll(truth, within).toContain("any-thing");
  await page.keyboard.press("Alt+Shift+G");
  await panel(page).getByRole("button", { name: "Accept all" }).click();
  const dialog = page.getByRole("dialog", { name: "Accept 3 suggestions?" });
  await dialog.getByText("1 suggestion whose words have changed since stay").waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Accept all" }).click();
  await expect
    .poll(truth, within)
    .toBe(
      "The Union itself shall pay for the port.\nOthers will follow later this year.\nNobody here has promised any-thing else until now.",
    );
  expect((await statusOf(stale))?.status).toBe("open");
  await expect.poll(() => page.locator("output").allTextContents()).toContain("3 accepted.");
});

test("[SUG-16] the screens are accessible in light and dark, and fit 390 px", async () => {
  const { page } = anas;
  await suggest(ben, "the port", "the old port");
  await panel(page).getByText("the old port").first().waitFor();
  expect(await violations(page)).toEqual([]);
  for (const scheme of ["dark", "light"] as const) {
    await page.evaluate((value) => {
      document.documentElement.dataset["mantineColorScheme"] = value;
    }, scheme);
    expect(await violations(page, true)).toEqual([]);
  }
  const { page: phone, context } = await ben.browse(browser, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    reducedMotion: "reduce",
  });
  await open({ page: phone, context, errors: [] });
  await suggestMode(phone);
  expect(await overflow(phone)).toBe(0);
  await phone.getByRole("button", { name: /^Ben Okafor suggests: replace “the port”/ }).tap();
  await card(phone).getByRole("button", { name: "Withdraw" }).waitFor();
  expect(await overflow(phone)).toBe(0);
  expect(await violations(phone)).toEqual([]);
  await card(phone).getByRole("button", { name: "Close" }).tap();
  await phone.getByRole("button", { name: /^All \(/ }).tap();
  await panel(phone).waitFor();
  expect(await overflow(phone)).toBe(0);
  expect(await violations(phone)).toEqual([]);
  await context.close();
});

test("[SUG-16] nothing went wrong on any page", () => {
  expect([...anas.errors, ...bens.errors]).toEqual([]);
});
