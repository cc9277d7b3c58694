import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Inbox, openInbox, textOf } from "../server/mail/inbox.ts";
import { overflow, violations } from "./axe.ts";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { card, caretAfter, editMode, select, tagBar, text } from "./steps.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** Two people talk about a mark, one of them by keys alone: the story of a discussion, in order. */
let inbox: Inbox;
let product: Product;
let browser: Browser;
let ana: Member;
let ben: Member;
let anas: Person;
let bens: Person;
let article = "";

const WORDS = "we will keep the pressure up on Russia";
const within = { timeout: 1_500 };
const panel = (page: Page) => page.getByRole("complementary", { name: "Discussions" });
const bell = (page: Page) => page.getByRole("button", { name: /^Notifications/ });
const answer = (page: Page) => page.getByRole("textbox", { name: "Answer" });

beforeAll(async () => {
  inbox = await openInbox();
  product = await startProduct({
    SMTP_URL: inbox.url,
    MAIL_FROM: "Gloss <gloss@example.org>",
    MAIL_WAIT: "1",
  });
  browser = await launchBrowser();
  ana = await ownerOf(product);
  ben = await guestOf(product, ana, "Ben Okafor", "editor");
  await ben.call("POST", "/me/credentials", { email: "ben@example.org", password: "ten letters at least" });
  article = await seedArticle(ana);
  await ben.mark(article, [{ tags: ["binding"], words: WORDS }]);
  [anas, bens] = await Promise.all([
    ana.browse(browser, { reducedMotion: "reduce" }),
    ben.browse(browser, { reducedMotion: "reduce" }),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await inbox?.close();
});

const openArticle = async ({ page }: Person): Promise<void> => {
  await page.goto(`${product.base}/articles/${article}`);
  await text(page).waitFor();
  await bell(page).waitFor();
};

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });
  for (let presses = 0; presses < 40; presses += 1) {
    if (name.test(await focused())) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${name}; it stands at ${await focused()}`);
}

test("[THR-14, THR-6] by keys alone a mark is chosen, its discussion begun, and somebody mentioned by completion", async () => {
  await bens.page.goto(`${product.base}/articles`);
  await bell(bens.page).waitFor();
  await openArticle(anas);
  const { page } = anas;
  await card(page, "Binding", "Ben Okafor").waitFor({ state: "attached" });
  await text(page).focus();
  await page.keyboard.press("j");
  await card(page, "Binding", "Ben Okafor").getByRole("button", { name: "Discuss" }).waitFor();
  await page.keyboard.press("Control+Alt+m");
  await page.getByRole("textbox", { name: "First message" }).waitFor();
  await page.keyboard.type("@be");
  const names = page.getByRole("listbox", { name: "People" });
  await names.getByRole("option", { name: "Ben Okafor", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await names.waitFor({ state: "hidden" });
  await page.keyboard.type("is it binding?");
  await page.keyboard.press("Control+Enter");
  await panel(page).getByText("@Ben Okafor", { exact: true }).waitFor();
  await expect.poll(() => panel(page).getByRole("article").allTextContents()).toHaveLength(1);
});

test("[NTF-6] the bell says so at once on another page, and says it to screen readers", async () => {
  await bens.page.getByRole("button", { name: "Notifications, 1 unread" }).waitFor(within);
  await expect.poll(() => bens.page.locator("output").allTextContents()).toContain("Ana Ruiz mentioned you.");
  expect(await violations(bens.page)).toEqual([]);
});

test("[MAIL-1] the e-mail arrives at the mail server and leads to the discussion", async () => {
  const [letter] = await inbox.arrived(1);
  if (!letter) throw new Error("no letter");
  expect(letter.to).toEqual(["ben@example.org"]);
  const words = textOf(letter);
  expect(words).toContain("> @Ben Okafor is it binding?");
  const [link = ""] = /http\S+\?thread=\S+/.exec(words) ?? [];
  const { page, context } = await ben.browse(browser);
  await page.goto(link.replace(/^https?:\/\/[^/]+/, product.base));
  await panel(page).getByText("is it binding?").waitFor();
  expect(new URL(page.url()).search).toBe("");
  await context.close();
});

test("[NTF-6, THR-14] by keys alone the other one follows the bell to the discussion and answers, and it counts as read", async () => {
  const { page } = bens;
  await page.reload();
  await bell(page).waitFor();
  // What was opened through the e-mail was read there.
  await page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
  await tabTo(page, /^Notifications/);
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "Notifications" });
  await list.getByRole("link", { name: /Ana Ruiz mentioned you/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  await tabTo(page, /^AR?.*Ana Ruiz/);
  await page.keyboard.press("Enter");
  await panel(page).getByText("is it binding?").waitFor();
  await page.keyboard.press("Control+Alt+m");
  await page.keyboard.type("It is: see https://example.org/rule");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => answer(page).inputValue()).toBe("");
});

test("[THR-15] an answer is seen by the other within a second, live, and a link in it leads only where it says", async () => {
  const link = panel(anas.page).getByRole("link", { name: "https://example.org/rule" });
  await link.waitFor(within);
  expect(await link.getAttribute("rel")).toContain("noreferrer");
  await anas.page.keyboard.press("Escape");
  await panel(anas.page).getByRole("heading", { name: "Discussions" }).waitFor();
  await anas.page.getByRole("button", { name: "Close the discussions" }).click();
  await panel(anas.page).waitFor({ state: "hidden" });
  await answer(bens.page).fill("And once more.");
  await bens.page.keyboard.press("Control+Enter");
  await anas.page.getByRole("button", { name: "Discussions, 1 unread" }).waitFor(within);
  await anas.page.getByRole("button", { name: /^Notifications, \d unread/ }).waitFor(within);
  const { page } = anas;
  await page.keyboard.press("Escape");
  await text(page).focus();
  await page.keyboard.press("Escape");
  await card(page, "Binding", "Ben Okafor")
    .getByText("1 discussion, 1 unread")
    .waitFor({ state: "attached" });
});

test("[THR-10, THR-8] resolved, filtered and reopened by keys alone", async () => {
  const { page } = anas;
  await page.keyboard.press("Alt+Shift+t");
  const rows = panel(page).getByRole("button", { name: /is it binding/ });
  await rows.waitFor();
  await tabTo(page, /is it binding/);
  await page.keyboard.press("Enter");
  await panel(page).getByText("And once more.").waitFor();
  await expect.poll(() => page.getByRole("button", { name: "Discussions", exact: true }).count()).toBe(1);
  await tabTo(page, /^Resolve$/);
  await page.keyboard.press("Enter");
  await panel(bens.page)
    .getByText(/Resolved by Ana Ruiz/)
    .waitFor(within);
  await page.keyboard.press("Escape");
  await panel(page).getByText("None of these").waitFor();
  await page.getByRole("radio", { name: /^Open/ }).focus();
  await page.keyboard.press("ArrowRight");
  await rows.waitFor();
  expect(await page.getByRole("radio", { name: /^Resolved/ }).isChecked()).toBe(true);
  await tabTo(page, /is it binding/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Reopen$/);
  await page.keyboard.press("Enter");
  await panel(bens.page)
    .getByText(/Resolved by Ana Ruiz/)
    .waitFor({ state: "hidden", ...within });
  await page.keyboard.press("Escape");
  for (const [name, n] of [
    ["Mine", 1],
    ["Mentioning me", 0],
    ["Unread", 0],
  ] as const) {
    await page.getByRole("radio", { name: new RegExp(`^${name} ${n}`) }).waitFor({ state: "attached" });
  }
});

test("[THR-17] a change and a deletion leave their trace, and what is not sent yet is kept", async () => {
  const { page } = bens;
  await panel(page).getByRole("button", { name: "Change this message" }).last().click();
  await page.getByRole("textbox", { name: "Change the message" }).fill("And once again.");
  await page.keyboard.press("Control+Enter");
  await panel(page).getByText("And once again.").waitFor();
  await panel(page)
    .getByRole("article")
    .last()
    .getByText(/edited/)
    .waitFor();
  await panel(page).getByRole("button", { name: "Delete this message" }).last().click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await panel(page)
    .getByText(/Ben Okafor: message deleted by its author/)
    .waitFor();
  await answer(page).fill("Half a thought");
  await page.getByRole("button", { name: "Close the discussions" }).click();
  await page.keyboard.press("Alt+Shift+t");
  await panel(page)
    .getByRole("button", { name: /is it binding/ })
    .click();
  expect(await answer(page).inputValue()).toBe("Half a thought");
  await answer(page).fill("");
});

test("[THR-16, THR-19] plain words are discussed, underlined, found when somebody types before them, and detached when they go", async () => {
  const { page } = anas;
  await page.getByRole("button", { name: "Close the discussions" }).click();
  await select(page, "trilateral agreement");
  await tagBar(page).waitFor();
  await page.keyboard.press("Control+Alt+m");
  const first = page.getByRole("textbox", { name: "First message" });
  await first.fill("Between which three?");
  const room = () =>
    page.evaluate(() => {
      const bar = document.querySelector('[aria-label="Tags for the selected words"]');
      const side = document.querySelector('[data-region="discussions"]');
      return bar && side ? side.getBoundingClientRect().left - bar.getBoundingClientRect().right : null;
    });
  await expect.poll(room, within).toBeGreaterThanOrEqual(0);
  await bens.page.getByRole("button", { name: "Close the discussions" }).click();
  await editMode(bens.page);
  await caretAfter(bens.page, "Starmer detailed a");
  await bens.page.keyboard.type(" long");
  await expect
    .poll(() => page.locator(".ProseMirror").textContent(), within)
    .toContain("detailed a long tri");
  await first.press("Control+Enter");
  await panel(page).getByRole("article").getByText("Between which three?").waitFor();
  const painted = (name: string) =>
    page.evaluate(
      (one) =>
        [...(CSS.highlights.get(one) ?? [])].map((range) => (range instanceof Range ? range.toString() : "")),
      name,
    );
  await expect.poll(() => painted("gloss-talk-open")).toEqual(["trilateral agreement"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect.poll(() => painted("gloss-talk")).toEqual(["trilateral agreement"]);
  await select(bens.page, "trilateral agreement");
  await bens.page.keyboard.press("Backspace");
  await expect.poll(() => painted("gloss-talk"), within).toEqual([]);
  await page.keyboard.press("Alt+Shift+t");
  await panel(page).getByText("Detached: these words are gone from the text.").waitFor();
});

test("[THR-18] the panel is accessible in light and dark, and has the whole screen of a phone", async () => {
  const { page } = anas;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page, colorScheme === "dark")).toEqual([]);
    await panel(page)
      .getByRole("button", { name: /is it binding/ })
      .click();
    await answer(page).fill("@be");
    await page.getByRole("listbox", { name: "People" }).waitFor();
    expect(await violations(page, colorScheme === "dark")).toEqual([]);
    await answer(page).fill("");
    await page.getByRole("button", { name: "All discussions" }).click();
  }
  const phone = await ana.browse(browser, { viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
  await openArticle(phone);
  await phone.page.getByRole("button", { name: /^Discussions/ }).click();
  await panel(phone.page)
    .getByRole("button", { name: /is it binding/ })
    .click();
  await answer(phone.page).waitFor();
  expect(await panel(phone.page).boundingBox()).toMatchObject({ x: 0, width: 390 });
  expect(await overflow(phone.page)).toBe(0);
  expect(await violations(phone.page)).toEqual([]);
  await panel(phone.page).getByRole("button", { name: "Go to the words" }).click();
  await panel(phone.page).waitFor({ state: "hidden" });
  await phone.context.close();
  expect([...anas.errors, ...bens.errors, ...phone.errors]).toEqual([]);
});

test("[MAIL-6] e-mail is chosen in the account, and stopped through the link of a letter by who is not signed in", async () => {
  const { page } = bens;
  await page.goto(`${product.base}/account`);
  const kept = page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok());
  await page.getByRole("radio", { name: "Once a day" }).check();
  await kept;
  await page.reload();
  await expect.poll(() => page.getByRole("radio", { name: "Once a day" }).isChecked()).toBe(true);
  const [letter] = inbox.letters;
  const [, query = ""] = /mail-off\?(\S+)/.exec(letter ? textOf(letter) : "") ?? [];
  const stranger = await browser.newContext();
  const door = await stranger.newPage();
  await door.goto(`${product.base}/mail-off?${query}`);
  await door.getByRole("button", { name: "No more e-mail" }).click();
  await door.getByText("You get no more e-mail from Gloss.").waitFor();
  expect(await violations(door)).toEqual([]);
  await stranger.close();
  await page.reload();
  await expect.poll(() => page.getByRole("radio", { name: "Never" }).isChecked()).toBe(true);
});
