import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, newPerson, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import {
  articleText,
  becomeOwner,
  card,
  caretAfter,
  editMode,
  invite,
  join,
  mark,
  marked,
  saved,
  select,
  storedMarks,
  SENTENCE,
  tagBar,
  text,
} from "./steps.ts";

/** Two people in two browsers on one article: the story of the first use, in order. */
let product: Product;
let browser: Browser;
let ana: Person;
let ben: Person;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  ana = await newPerson(browser);
  ben = await newPerson(browser);
  await ben.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const within = { timeout: 1_000 };

/** Whether the coach mark and the sentence it points at are both in the window, below the header. */
function coachInSight(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const card = document.querySelector('aside[aria-labelledby]:has([aria-label="Skip"])');
    const [range] = CSS.highlights.get("gloss-coach") ?? [];
    const top = document.querySelector("header")?.getBoundingClientRect().bottom ?? 0;
    if (!card || !(range instanceof Range)) return false;
    return [card, range]
      .map((one) => one.getBoundingClientRect())
      .every((box) => box.height > 0 && box.top >= top && box.bottom <= window.innerHeight);
  });
}

test("[MEET-1] the printed link makes the first person the owner and opens the seed article with a coach mark", async () => {
  await becomeOwner(ana.page, product);
  await ana.page.getByText("Make your first mark").waitFor();
  await expect.poll(() => coachInSight(ana.page)).toBe(true);
  await expect.poll(() => saved(ana.page).isVisible()).toBe(true);
});

test("[MEET-2] an invitation needs a name only, lands in the article, and leads to a first mark in seconds", async () => {
  const link = await invite(ana.page, "Editor");
  const started = Date.now();
  await join(ben.page, link, "Ben Okafor");
  await mark(ben.page, SENTENCE, "b", "c");
  await card(ben.page, "Binding, Conditional", "Ben Okafor").waitFor();
  expect(Date.now() - started).toBeLessThan(60_000);
  await ben.page.getByText("Make your first mark").waitFor({ state: "hidden" });
});

test("[MEET-3] b and c on the same words are one mark with both tags, seen by the other within a second under its author's name", async () => {
  await card(ana.page, "Binding, Conditional", "Ben Okafor").waitFor(within);
  await expect.poll(() => marked(ana.page), within).toContain(SENTENCE);
  expect((await marked(ana.page)).filter((words) => words === SENTENCE)).toHaveLength(1);
});

test("[MEET-4] a conditional mark asks for its condition, and a field filled by one is read by the other", async () => {
  const mine = card(ben.page, "Binding, Conditional", "Ben Okafor");
  await mine.getByText("What has to happen first? Add the condition.").waitFor();
  await mine.getByRole("textbox", { name: "Condition" }).fill("Following a ceasefire");
  await mine.getByRole("textbox", { name: "Condition" }).press("Tab");
  await mine.getByText("What has to happen first? Add the condition.").waitFor({ state: "hidden" });
  const theirs = card(ana.page, "Binding, Conditional", "Ben Okafor");
  await theirs.click();
  await theirs.getByText("Following a ceasefire", { exact: true }).waitFor(within);
  expect(await theirs.getByRole("textbox").count()).toBe(0);
});

test("[MEET-5] what one types the other sees within a second, and the mark stays on its words", async () => {
  await editMode(ana.page);
  await caretAfter(ana.page, "Starmer detailed a trilateral agreement");
  await ana.page.keyboard.type(" (three parties)");
  await expect
    .poll(() => articleText(ben.page), within)
    .toContain("trilateral agreement (three parties) with France");
  expect(await marked(ben.page)).toContain(SENTENCE);
});

test("[MEET-6] each sees the other's name where they are, and who is here", async () => {
  await ben.page
    .getByRole("region", { name: "People here" })
    .getByRole("button", { name: /Ana Ruiz/ })
    .waitFor();
  await ana.page
    .getByRole("region", { name: "People here" })
    .getByRole("button", { name: /Ben Okafor/ })
    .waitFor();
  await ana.page.keyboard.type("!");
  await expect
    .poll(() => ben.page.locator(".gloss-caret", { hasText: "Ana Ruiz" }).count(), within)
    .toBeGreaterThan(0);
  await ana.page.keyboard.press("Backspace");
});

test("[MEET-7] undo takes back only my own last action, text or mark", async () => {
  await mark(ben.page, "we will keep the pressure up on Russia", "b");
  await card(ana.page, "Binding", "Ben Okafor").waitFor(within);
  await text(ana.page).focus();
  await ana.page.keyboard.press("Control+z");
  await expect.poll(() => articleText(ben.page), within).not.toContain("(three parties)");
  await card(ana.page, "Binding", "Ben Okafor").waitFor();
  await ben.page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await card(ana.page, "Binding", "Ben Okafor").waitFor({ state: "hidden" });
  expect(await marked(ana.page)).toContain(SENTENCE);
  await ben.page.getByRole("button", { name: "Redo" }).click();
  await card(ana.page, "Binding", "Ben Okafor").waitFor(within);
  await ana.page.keyboard.press("Control+Shift+z");
  await expect.poll(() => articleText(ben.page), within).toContain("(three parties)");
});

test("[MEET-8] in Annotate no key changes the text, and pasting does not either", async () => {
  const before = await articleText(ben.page);
  await caretAfter(ben.page, "The joint declaration emphasizes");
  await ben.page.keyboard.type("zq ");
  await ben.page.keyboard.press("Backspace");
  await ben.page.keyboard.press("Enter");
  await ben.page.evaluate(() => navigator.clipboard.writeText("pasted"));
  await ben.page.keyboard.press("Control+v");
  await ben.page.keyboard.press("Escape");
  expect(await articleText(ben.page)).toBe(before);
});

test("[MEET-9] filters act at once, by tag and by author, and the numbers say how many of what by whom", async () => {
  await ana.page.getByText("Annotate", { exact: true }).click();
  await mark(ana.page, "The joint declaration", "s");
  await expect.poll(() => marked(ben.page), within).toContain("The joint declaration");
  await ben.page.getByRole("checkbox", { name: /^Source/ }).check();
  await expect.poll(() => marked(ben.page), within).toEqual(["The joint declaration"]);
  await ben.page.getByRole("checkbox", { name: /^Source/ }).uncheck();
  await expect.poll(async () => (await marked(ben.page)).length, within).toBeGreaterThan(1);
  const row = ben.page
    .getByRole("table", { name: "Marks by tag and person" })
    .getByRole("row", { name: /^Binding/ });
  expect((await row.innerText()).split(/\s+/)).toEqual(["Binding", "2", "–", "2"]);
});

test("[MEET-10] after a kill and a new start everything is there, and nobody reloads", async () => {
  await saved(ana.page).waitFor();
  await saved(ben.page).waitFor();
  const before = await articleText(ana.page);
  const marks = await storedMarks(ana.page);
  await product.kill();
  await editMode(ana.page);
  await caretAfter(ana.page, "Witkoff described the talks");
  await ana.page.keyboard.type(" in Paris");
  await ana.page.getByRole("button", { name: /^Offline/ }).waitFor();
  await product.restart();
  await expect
    .poll(() => articleText(ben.page), { timeout: 20_000 })
    .toContain("Witkoff described the talks in Paris as");
  await saved(ana.page).waitFor();
  await saved(ben.page).waitFor();
  expect((await articleText(ana.page)).replace(" in Paris as", " as")).toBe(before);
  expect(await storedMarks(ana.page)).toEqual(marks);
});

test("[MEET-11] offline edits and marks survive a reload and merge on return, nothing doubled", async () => {
  await ben.context.setOffline(true);
  await ben.page.getByRole("button", { name: /^Offline/ }).waitFor({ timeout: 60_000 });
  await mark(ben.page, "Germany will commit itself politically, financially and militarily", "b");
  await editMode(ben.page);
  await caretAfter(ben.page, "This framework underscores");
  await ben.page.keyboard.type(" once more");
  await expect
    .poll(() => ben.page.getByRole("button", { name: /^Offline/ }).innerText())
    .toMatch(/[1-9]\d* changes? kept on this device/);
  await ben.page.reload();
  await text(ben.page).getByText("underscores once more").waitFor();
  await ben.page.getByRole("button", { name: /^Offline/ }).waitFor();
  await caretAfter(ana.page, "Russian officials");
  await ana.page.keyboard.type(" so far");
  await ana.page.getByText("Annotate", { exact: true }).click();
  await mark(ana.page, "This may include, for example, sending forces for Ukraine", "i");
  await saved(ana.page).waitFor();

  await ben.context.setOffline(false);
  const both = async (person: Person) => {
    const now = await articleText(person.page);
    return now.includes("underscores once more Europe") && now.includes("Russian officials so far have");
  };
  await expect.poll(() => both(ben), { timeout: 30_000 }).toBe(true);
  await expect.poll(() => both(ana), { timeout: 10_000 }).toBe(true);
  await saved(ben.page).waitFor();
  expect(await articleText(ben.page)).toBe(await articleText(ana.page));
  expect((await articleText(ana.page)).split("once more")).toHaveLength(2);
  const marks = await storedMarks(ana.page);
  expect(marks).toContain(
    "Ben Okafor: binding: Germany will commit itself politically, financially and militarily",
  );
  expect(marks).toContain("Ana Ruiz: intention: This may include, for example, sending forces for Ukraine");
  expect(new Set(marks).size).toBe(marks.length);
});

test("[MEET-12] a guest adds e-mail and password later and keeps everything", async () => {
  const guest = await newPerson(browser);
  const link = await invite(ana.page, "Annotator");
  await join(guest.page, link, "Cleo");
  await mark(guest.page, "The summit builds on months of preparations", "s");
  await saved(guest.page).waitFor();
  await guest.page.goto(`${product.base}/account`);
  await guest.page.getByRole("textbox", { name: "E-mail" }).fill("cleo@example.org");
  await guest.page
    .getByLabel(/password/i)
    .first()
    .fill("a long enough password");
  await guest.page
    .getByRole("button", { name: /add e-mail|save|keep/i })
    .first()
    .click();
  await guest.page.getByText("cleo@example.org").first().waitFor();
  const later = await newPerson(browser);
  await later.page.goto(`${product.base}/sign-in`);
  await later.page.getByLabel(/e-mail/i).fill("cleo@example.org");
  await later.page
    .getByLabel(/password/i)
    .first()
    .fill("a long enough password");
  await later.page.locator("button[type=submit]").click();
  await later.page.getByRole("link", { name: /Paris summit/ }).click();
  await text(later.page).getByText("PARIS, January 7, 2026").waitFor();
  await select(later.page, "The summit builds on months of preparations");
  await card(later.page, "Source", "Cleo").waitFor();
  expect(await storedMarks(later.page)).toContain(
    "Cleo: source: The summit builds on months of preparations",
  );
  await guest.context.close();
  await later.context.close();
});

test("[MEET-13] nothing went wrong in any page", () => {
  expect([...ana.errors, ...ben.errors]).toEqual([]);
});

test("[MEET-14] who may not edit stays in Annotate", async () => {
  const reader = await newPerson(browser);
  await join(reader.page, await invite(ana.page, "Viewer"), "Vera");
  await reader.page.getByRole("button", { name: "Read only" }).waitFor();
  expect(await reader.page.getByText("Edit", { exact: true }).count()).toBe(0);
  await select(reader.page, "The joint declaration");
  expect(await tagBar(reader.page).count()).toBe(0);
  await reader.context.close();
});
