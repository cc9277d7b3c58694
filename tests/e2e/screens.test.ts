import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overflow, violations, stickingOut } from "./axe.ts";
import { launchBrowser, newPerson, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { clickMark, editMode, find, SENTENCE, select, tagBar, text } from "./steps.ts";
import { ANA, BEN, CHIARA, crowded } from "./summit-marks.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** Every screen in every state that looks different: accessible, in light and dark, at every width. */
let product: Product;
let browser: Browser;
let ana: Member;
let ben: Member;
let vera: Member;
let owner: Person;
let guest: Person;
let stranger: Person;
let article = "";
/** The same text with few marks: what lies over it is looked at, not what it lies on. */
let calm = "";
let archived = "";

// Without its worker the page's own requests can be answered by the test.
const CALM = { reducedMotion: "reduce", serviceWorkers: "block" } as const;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  stranger = await newPerson(browser, CALM);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const open = (page: Page, path: string) => page.goto(product.base + path);
const title = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 }).waitFor();

async function openArticle({ page }: Person, id = article): Promise<void> {
  await open(page, `/articles/${id}`);
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
}

/** The page has put on the scheme: it learns of it by an event and changes in a frame or two. */
async function shown(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.documentElement.dataset["mantineColorScheme"] === wanted,
    scheme,
  );
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** A screen as it stands: no violation in light and in dark, and never wider than the window. */
async function check({ page }: Person): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await shown(page, colorScheme);
    expect(await violations(page, colorScheme === "dark"), colorScheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await shown(page, "light");
  await expect.poll(() => overflow(page), { timeout: 10_000, message: "at 1280 px" }).toBeLessThanOrEqual(0);
}

/** The same screen where there is little room. */
async function checkNarrow({ page }: Person): Promise<void> {
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    // The page learns of its width by an event, as of its colours.
    await expect.poll(() => stickingOut(page), { timeout: 10_000, message: `at ${width} px` }).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("[SCR-1, SCR-2] setup", async () => {
  await stranger.page.goto(product.link);
  await stranger.page.getByLabel("Your name").waitFor();
  await check(stranger);
  await checkNarrow(stranger);

  ana = await ownerOf(product);
  article = await seedArticle(ana);
  const [second, chiara] = [
    await guestOf(product, ana, "Ben Okafor", "editor"),
    await guestOf(product, ana, "Chiara Lindqvist", "annotator"),
  ];
  ben = second;
  vera = await guestOf(product, ana, "Vera", "viewer");
  const { text: words } = await ana.call<{ text: string }>("GET", `/articles/${article}/snapshot`);
  await ana.mark(article, ANA);
  await ben.mark(article, BEN);
  await chiara.mark(article, [...CHIARA, ...crowded(words, { count: 40, size: 6 })]);
  const copy = { title: "The summit, with few marks", content: words };
  calm = (await ana.call<{ id: string }>("POST", "/articles", copy)).id;
  await ana.mark(calm, ANA.slice(0, 3));
  owner = await ana.browse(browser, CALM);
  guest = await ben.browse(browser, CALM);
});

test("[SCR-1, SCR-2] an owner link that was used", async () => {
  await stranger.page.reload();
  await title(stranger.page, /.+/);
  await check(stranger);
  await checkNarrow(stranger);
});

test("[SCR-1, SCR-2] sign in, also refused", async () => {
  await open(stranger.page, "/sign-in");
  await stranger.page.getByLabel(/e-mail/i).fill("nobody@example.org");
  await stranger.page
    .getByLabel(/password/i)
    .first()
    .fill("not the password");
  await check(stranger);
  await stranger.page.locator("button[type=submit]").click();
  await stranger.page
    .getByText(/do not match|wrong|not right|does not/i)
    .first()
    .waitFor();
  await check(stranger);
  await checkNarrow(stranger);
});

test("[SCR-1, SCR-2] join, with an invitation that opens and one that does not", async () => {
  const invite = { role: "annotator", articleId: article };
  const { id, url } = await ana.call<{ id: string; url: string }>("POST", "/invites", invite);
  await stranger.page.goto(url);
  await stranger.page.getByLabel("Your name").waitFor();
  await check(stranger);
  await checkNarrow(stranger);
  await ana.call("DELETE", `/invites/${id}`);
  await stranger.page.reload();
  await title(stranger.page, "This invitation does not open");
  await check(stranger);
  await checkNarrow(stranger);
});

test("[SCR-1, SCR-2] an address that leads nowhere, and an article that is not there", async () => {
  await open(stranger.page, "/nowhere");
  await title(stranger.page, "There is nothing here");
  await check(stranger);
  await open(owner.page, "/articles/nothing");
  await title(owner.page, "There is nothing here");
  await check(owner);
  await checkNarrow(owner);
});

test("[SCR-1, SCR-2] an article that the role does not open", async () => {
  const body = JSON.stringify({
    type: "about:blank",
    title: "No",
    status: 403,
    code: "forbidden",
    detail: "No.",
  });
  const path = `**/api/v1/articles/${article}`;
  await guest.page.route(path, (route) =>
    route.fulfill({ status: 403, contentType: "application/problem+json", body }),
  );
  await open(guest.page, `/articles/${article}`);
  await title(guest.page, "Your role does not open this");
  await check(guest);
  await checkNarrow(guest);
  await guest.page.unroute(path);
});

test("[SCR-1, SCR-2] articles: one, many, archived, none", async () => {
  await open(owner.page, "/articles?tab=archived");
  await owner.page.getByText("Nothing is archived").waitFor();
  await check(owner);
  const made = await ana.call<{ id: string }>(
    "POST",
    "/samples/us-ukraine-bilateral-security-agreement-2024-06-13",
  );
  archived = made.id;
  await ana.call("PATCH", `/articles/${archived}`, { archived: true });
  await owner.page.reload();
  await owner.page.getByRole("link", { name: /^Bilateral Security Agreement/ }).waitFor();
  await check(owner);
  for (const name of ["One", "Two", "Three", "Four"]) {
    await ana.call("POST", "/articles", { title: `Communiqué ${name}`, content: "We will act." });
  }
  await openArticle(guest);
  await open(owner.page, "/articles");
  await owner.page.getByText("Here now").waitFor();
  await check(owner);
  await checkNarrow(owner);
  const empty = JSON.stringify({ items: [], next: null });
  await owner.page.route("**/api/v1/articles?*", (route) =>
    route.fulfill({ contentType: "application/json", body: empty }),
  );
  await owner.page.reload();
  await owner.page.getByRole("button", { name: "Paste or drop a text" }).waitFor();
  await check(owner);
  await checkNarrow(owner);
  await owner.page.unroute("**/api/v1/articles?*");
});

test("[SCR-1, SCR-2] a new article, each way", async () => {
  await open(owner.page, "/articles");
  await owner.page.getByRole("button", { name: "New article" }).click();
  const dialog = owner.page.getByRole("dialog", { name: "New article" });
  await dialog.getByRole("textbox", { name: "Text" }).waitFor();
  await dialog.getByText("Where it comes from (optional)").first().click();
  await dialog.getByRole("button", { name: "Create article" }).click();
  await dialog.getByText("Paste some text.").waitFor();
  await check(owner);
  await checkNarrow(owner);
  await dialog.getByRole("tab", { name: "File" }).click();
  await dialog.getByText("Drop a file here").waitFor();
  await check(owner);
  await dialog.getByRole("tab", { name: "Samples" }).click();
  await dialog.getByRole("button", { name: /^Use / }).first().waitFor();
  await check(owner);
  await checkNarrow(owner);
  await owner.page.keyboard.press("Escape");
  await owner.page.getByRole("button", { name: "Actions for Communiqué One" }).click();
  await check(owner);
  await owner.page.getByRole("menuitem", { name: "Title and details" }).click();
  await owner.page.getByRole("dialog", { name: "Title and details" }).waitFor();
  await check(owner);
  await owner.page.keyboard.press("Escape");
});

test("[SCR-1, SCR-2] members, as an owner and as somebody else", async () => {
  await open(owner.page, "/members");
  await owner.page.getByRole("button", { name: "Remove Vera" }).waitFor();
  await check(owner);
  await checkNarrow(owner);
  await owner.page.getByRole("button", { name: "Remove Vera" }).click();
  await owner.page.getByRole("dialog", { name: "Remove Vera?" }).waitFor();
  await check(owner);
  await owner.page.keyboard.press("Escape");
  await open(guest.page, "/members");
  await guest.page.getByText("Vera").waitFor();
  await check(guest);
  await checkNarrow(guest);
});

test("[SCR-1, SCR-2] account, of a guest and of somebody with an e-mail", async () => {
  await open(guest.page, "/account");
  await guest.page.getByRole("heading", { name: "Keep your account" }).waitFor();
  await check(guest);
  await checkNarrow(guest);
  await open(owner.page, "/account");
  await owner.page.getByLabel("New token").fill("nightly export");
  await owner.page.getByRole("button", { name: "Create token" }).click();
  await owner.page.getByText("Copy it now.").waitFor();
  await check(owner);
  await checkNarrow(owner);
  await owner.page.getByRole("button", { name: "Account of Ana Ruiz" }).click();
  await owner.page.getByRole("menuitem", { name: "Sign out" }).waitFor();
  await check(owner);
});

test("[SCR-1, SCR-2] an article without text and without marks", async () => {
  const { id } = await ana.call<{ id: string }>("POST", "/articles", { title: "Short", content: "x" });
  await open(owner.page, `/articles/${id}`);
  await text(owner.page).getByText("x", { exact: true }).waitFor();
  await check(owner);
  await checkNarrow(owner);
});

test("[SCR-1, SCR-2] a crowded article, its cards and its tag bar", async () => {
  await owner.page.setViewportSize({ width: 1280, height: 800 });
  await openArticle(owner);
  await owner.page.locator(".ProseMirror mark").first().waitFor();
  await check(owner);
  await select(owner.page, "historic step");
  await tagBar(owner.page).waitFor();
  await check(owner);
  await openArticle(owner, calm);
  await clickMark(owner.page, "will establish military hubs");
  const more = owner.page.getByRole("button", { name: /^More fields/ });
  await more.click();
  await owner.page.getByRole("button", { name: "Fewer fields" }).waitFor();
  await check(owner);
  await owner.page.getByRole("button", { name: "Change tags" }).click();
  await owner.page.getByRole("menuitemcheckbox").first().waitFor();
  await check(owner);
  await owner.page.keyboard.press("Escape");
  await owner.page.getByRole("menuitemcheckbox").first().waitFor({ state: "hidden" });
  await checkNarrow(owner);
});

test("[SCR-1, SCR-2] what opens over an article: share, codebook, keys, palette, list", async () => {
  const { page } = owner;
  await page.setViewportSize({ width: 1280, height: 800 });
  await openArticle(owner, calm);
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this article" });
  await dialog.getByRole("button", { name: "Create link" }).waitFor();
  await check(owner);
  await dialog.getByRole("button", { name: "Create link" }).click();
  await dialog.getByRole("img", { name: "QR code of this link" }).waitFor();
  await check(owner);
  await checkNarrow(owner);
  await dialog.getByRole("button", { name: "Show full screen" }).click();
  const code = page.getByRole("dialog", { name: "Join with your telephone" });
  await code.waitFor();
  await check(owner);
  await page.keyboard.press("Escape");
  await code.waitFor({ state: "hidden" });
  // The dialog below hears keys once it has the focus again.
  const again = dialog.getByRole("button", { name: "Show full screen" });
  await expect.poll(() => again.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Codebook: what the tags mean" }).click();
  const codebook = page.getByRole("complementary", { name: "Codebook" });
  await codebook.waitFor();
  await check(owner);
  await codebook.getByRole("tab", { name: "Conditional" }).click();
  await check(owner);
  await checkNarrow(owner);
  await codebook.getByRole("button", { name: "Close the codebook" }).click();
  await page.getByRole("button", { name: "Keys", exact: true }).click();
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await check(owner);
  await checkNarrow(owner);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page
    .getByRole("textbox", { name: "Search commands" })
    .or(page.getByPlaceholder("What do you want to do?"))
    .first()
    .waitFor();
  await check(owner);
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  await page.getByRole("tooltip").waitFor({ state: "hidden" });
  await text(page).focus();
  await page.keyboard.press("l");
  await page.getByRole("region", { name: "All annotations" }).waitFor();
  await check(owner);
  await checkNarrow(owner);
  await text(page).focus();
  await page.keyboard.press("l");
});

test("[SCR-1, SCR-2] an article that is edited, one that can only be read, one that is archived", async () => {
  await openArticle(owner, calm);
  await editMode(owner.page);
  await owner.page.getByRole("toolbar", { name: "Text" }).waitFor();
  await check(owner);
  await checkNarrow(owner);
  await owner.page.getByText("Annotate", { exact: true }).click();
  const reader = await vera.browse(browser, CALM);
  await openArticle(reader, calm);
  await reader.page.getByRole("button", { name: "Read only" }).waitFor();
  await clickMark(reader.page, "will establish military hubs");
  await reader.page.getByRole("button", { name: "Close this card" }).waitFor();
  await check(reader);
  await checkNarrow(reader);
  await reader.context.close();
  await open(owner.page, `/articles/${archived}`);
  await owner.page.getByText("This article is archived").waitFor();
  await check(owner);
  await checkNarrow(owner);
});

test("[SCR-3] on a telephone: the menu, the filters, the sheet of cards and the tag bar", async () => {
  const phone = await ben.browse(browser, { ...CALM, viewport: { width: 390, height: 844 }, hasTouch: true });
  await openArticle(phone, calm);
  await find(phone.page, "Following a ceasefire");
  await phone.page.locator(".ProseMirror mark").first().waitFor();
  await check(phone);
  await phone.page.getByRole("button", { name: "Filters and outline" }).click();
  await phone.page.getByRole("dialog", { name: "Filters and outline" }).waitFor();
  await check(phone);
  await phone.page.keyboard.press("Escape");
  await clickMark(phone.page, "will establish military hubs");
  await phone.page.getByRole("button", { name: "Close this card" }).waitFor();
  await check(phone);
  expect(phone.errors).toEqual([]);
  await phone.context.close();
});

test("[SCR-4] with forced colours the tags of marks still differ and the chosen one stands out", async () => {
  await openArticle(owner);
  await owner.page.locator(".ProseMirror mark").first().waitFor();
  await owner.page.emulateMedia({ forcedColors: "active" });
  const lines = await owner.page.evaluate(() =>
    [...document.querySelectorAll(".ProseMirror mark")].map((mark) => {
      const { textDecorationLine, textDecorationStyle, borderBottomStyle, backgroundImage, outlineStyle } =
        getComputedStyle(mark);
      return [textDecorationLine, textDecorationStyle, borderBottomStyle, backgroundImage, outlineStyle].join(
        " ",
      );
    }),
  );
  expect(new Set(lines).size).toBeGreaterThan(3);
  await owner.page.emulateMedia({ forcedColors: "none" });
});

test("[SCR-5] who wants less motion gets none", async () => {
  await openArticle(owner);
  await clickMark(owner.page, "will establish military hubs");
  await owner.page.getByRole("button", { name: "Close this card" }).waitFor();
  const moving = await owner.page.evaluate(
    () =>
      document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 50)
        .length,
  );
  expect(moving).toBe(0);
  expect([...owner.errors, ...guest.errors, ...stranger.errors]).toEqual([]);
});

test("[SCR-6] the words of the hubs sentence are one mark in the tree that screen readers see", async () => {
  await openArticle(owner);
  await find(owner.page, "Following a ceasefire");
  const details = () =>
    owner.page.evaluate((sentence) => {
      const pieces = [...document.querySelectorAll<HTMLElement>(".ProseMirror mark")];
      const piece = pieces.find((mark) => sentence.startsWith(mark.textContent ?? " "));
      const ids = piece?.getAttribute("aria-details")?.split(" ") ?? [];
      return ids
        .map((id) => document.querySelector(`#${CSS.escape(id)}`)?.getAttribute("aria-label") ?? "")
        .join("; ");
    }, SENTENCE);
  await expect.poll(details).toMatch(/Binding, Conditional by/);
});
