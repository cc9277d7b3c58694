import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, newPerson, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { articleText, card, marked, text } from "./steps.ts";
import { type Member, ownerOf, seedArticle } from "./team.ts";

/** One person without a mouse, from the link to the last command, in order. */
let product: Product;
let browser: Browser;
let owner: Member;
let ana: Person;
let kim: Person;
let page: Page;
let article = "";

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  owner = await ownerOf(product);
  article = await seedArticle(owner);
  ana = await owner.browse(browser);
  kim = await newPerson(browser, { reducedMotion: "reduce" });
  ({ page } = kim);
  await page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart"]) {
      window.addEventListener(kind, () => sessionStorage.setItem("pointer", kind), { capture: true });
    }
  });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const slowly = { timeout: 10_000 };
/** One key after the other, each once the page has answered the one before: faster than any hand. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 80))));
  }
}
const selection = () => page.evaluate(() => getSelection()?.toString() ?? "");

/** What has the focus: its own name, or that of its label. */
function focused(): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return "";
    const ids = at.getAttribute("aria-labelledby")?.split(" ") ?? [];
    const labels = ids.map((id) => document.querySelector(`#${CSS.escape(id)}`)?.textContent ?? "");
    const own =
      at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((label) => label.textContent ?? "") : [];
    const name = at.getAttribute("aria-label") ?? [...labels, ...own].join(" ");
    return (name === "" ? (at.textContent ?? "") : name).trim();
  });
}

/** Presses a key until what has the focus is called so. */
async function until(key: string, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let tries = 0; tries < 60; tries += 1) {
    const now = await focused();
    if (name.test(now)) return;
    seen.push(now.slice(0, 40));
    await press(key);
  }
  throw new Error(`${key} never reached ${name}: ${seen.join(" | ")}`);
}

const toText = () => until("F6", /^Article text$/);

/** The name of the card that is open; null when none is. */
const open = () =>
  page.evaluate(() => {
    const close = document.querySelector("[data-region=annotations] [aria-label='Close this card']");
    return close?.closest("[role=comment]")?.getAttribute("aria-label") ?? null;
  });

/** Goes from mark to mark until the chosen one is Kim's. */
async function chooseMine(): Promise<void> {
  for (let tries = 0; tries < 6 && (await open()) !== "Binding, Conditional by Kim"; tries += 1) {
    await press(tries < 3 ? "k" : "j");
  }
}

/** The command of this name, from the palette. */
async function command(name: string): Promise<void> {
  await press("Control+k");
  await expect.poll(focused, slowly).toMatch(/Search commands|What do you want/);
  await page.keyboard.type(name);
  await page.getByRole("button", { name }).or(page.getByRole("option", { name })).first().waitFor();
  await press("Enter");
}

test("[KEY-1] a link is opened, a name given, and the article is there", async () => {
  const { url } = await owner.call<{ url: string }>("POST", "/invites", {
    role: "editor",
    articleId: article,
  });
  await ana.page.goto(`${product.base}/articles/${article}`);
  await text(ana.page).getByText("PARIS, January 7, 2026").waitFor();
  await page.goto(url);
  await page.getByLabel("Your name").waitFor();
  await until("Tab", /^Your name/);
  await page.keyboard.type("Kim");
  await press("Enter");
  await page.waitForURL(/\/articles\/[^/]+/);
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
});

test("[KEY-2] words, sentences and paragraphs are selected from the caret, and more with Shift and arrows", async () => {
  await toText();
  await press("Control+Home", "w");
  await expect.poll(selection).toBe("PARIS");
  await press("Shift+ArrowRight", "Shift+ArrowRight");
  await expect.poll(selection).toBe("PARIS, ");
  await press("Escape", "Control+Home", "s");
  await expect.poll(selection).toMatch(/^PARIS, January 7, 2026 .* with Russia\.?$/);
  await press("Backspace", "w", "Shift+S");
  await expect.poll(selection).toMatch(/^PARIS, January 7, 2026 .* with Russia\.?$/);
  await press("Backspace");
  await expect.poll(selection).toBe("PARIS");
});

test("[KEY-3] letters tag, Enter leads into the card, its fields are filled and left again", async () => {
  await press("Control+Home", "w", "b", "c");
  await card(page, "Binding, Conditional", "Kim").waitFor();
  await card(ana.page, "Binding, Conditional", "Kim").waitFor();
  await press("Enter");
  await until("Tab", /^Condition$/);
  await page.keyboard.type("a ceasefire");
  await press("Enter");
  await until("Shift+Tab", /^Actor/);
  await page.keyboard.type("France");
  await press("Enter");
  const theirs = card(ana.page, "Binding, Conditional", "Kim");
  await theirs.getByText("France", { exact: false }).first().waitFor();
  await until("Tab", /Direct quote/);
  await press("Space");
  const chosen = () => page.getByRole("radio", { name: "Direct quote" }).isChecked();
  await expect.poll(chosen).toBe(true);
  await until("Escape", /^Article text$/);
});

test("[KEY-4] the ends of a mark move with Alt and arrows", async () => {
  await chooseMine();
  await press("Alt+ArrowRight");
  await expect.poll(() => marked(ana.page), slowly).toContain("PARIS, January");
  await press("Alt+Shift+ArrowRight");
  await expect.poll(async () => (await marked(ana.page)).join("|"), slowly).toBe("January");
  await press("Control+z", "Control+z");
  await expect.poll(() => marked(ana.page), slowly).toEqual(["PARIS"]);
});

test("[KEY-5] marks on the same words are walked both ways, and all marks one after the other", async () => {
  await owner.mark(article, [
    { tags: ["source"], words: "PARIS, January 7" },
    { tags: ["intention"], words: "historic step" },
  ]);
  await card(page, "Source", "Ana Ruiz").waitFor();
  await toText();
  await press("Control+Home", "ArrowRight");
  await press("Alt+ArrowDown");
  const first = await open();
  await press("Alt+ArrowDown");
  await expect.poll(open, slowly).not.toBe(first);
  await press("Alt+ArrowUp");
  await expect.poll(open, slowly).toBe(first);
  await press("j");
  await press("j");
  await expect.poll(open, slowly).toBe("Intention by Ana Ruiz");
  await press("k", "k");
  await expect.poll(open, slowly).not.toBe("Intention by Ana Ruiz");
});

test("[KEY-6] a mark is deleted and comes back with undo", async () => {
  await toText();
  const mine = card(ana.page, "Binding, Conditional", "Kim");
  await chooseMine();
  await press("Delete");
  await mine.waitFor({ state: "hidden" });
  await press("Control+z");
  await mine.waitFor();
});

test("[KEY-7] filters are set and cleared, and the list of all marks is opened and closed", async () => {
  await until("F6", /^(All|Mine|Others’|Whose marks)$/);
  await until("Tab", /^(ab)?Source\s*\d/);
  await press("Space");
  await expect.poll(async () => (await marked(page)).join(""), slowly).toBe("PARIS, January 7");
  await command("Show all marks");
  await expect.poll(async () => (await marked(page)).length, slowly).toBeGreaterThan(1);
  await toText();
  await press("l");
  await page.getByRole("region", { name: "All annotations" }).waitFor();
  await toText();
  await press("l");
  await page.getByRole("region", { name: "All annotations" }).waitFor({ state: "hidden" });
});

test("[KEY-8] sharing and the codebook are opened from the palette and left with Escape", async () => {
  await command("Share this article");
  await page.getByRole("dialog", { name: "Share this article" }).waitFor();
  await press("Escape");
  await page.getByRole("dialog", { name: "Share this article" }).waitFor({ state: "hidden" });
  await command("What does Conditional mean?");
  await page.getByRole("complementary", { name: "Codebook" }).waitFor();
  await press("Escape");
  await page.getByRole("complementary", { name: "Codebook" }).waitFor({ state: "hidden" });
});

test("[KEY-9] the text is edited, made bold and taken back", async () => {
  await toText();
  await press("Alt+Shift+E");
  await expect.poll(() => text(page).getAttribute("aria-readonly")).not.toBe("true");
  // The last block is laid out only once it is in sight: the first press leads to it, the second to its end.
  await press("Control+End", "Control+End");
  await page.keyboard.type(" Kim was here");
  await expect.poll(() => articleText(ana.page), slowly).toMatch(/ Kim was here$/);
  await press("Control+Shift+ArrowLeft", "Control+b");
  await text(ana.page).locator("strong", { hasText: "here" }).waitFor();
  await press("Control+z");
  await text(ana.page).locator("strong").waitFor({ state: "detached" });
  for (let steps = 0; steps < 3 && (await articleText(page)).includes("Kim was here"); steps += 1) {
    await press("Control+z");
  }
  await expect.poll(() => articleText(ana.page), slowly).not.toContain("Kim was here");
  await press("Alt+Shift+E");
  await expect.poll(() => text(page).getAttribute("aria-readonly")).toBe("true");
});

test("[KEY-10] keys of one letter are listed, switched off and on again", async () => {
  await toText();
  await press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await until("Tab", /^Keys of one letter/);
  await press("Space", "Escape");
  await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
  await toText();
  await press("l");
  expect(await page.getByRole("region", { name: "All annotations" }).count()).toBe(0);
  await press("Control+/");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await until("Tab", /^Keys of one letter/);
  await press("Space", "Escape");
  await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
  await toText();
  await press("l");
  await page.getByRole("region", { name: "All annotations" }).waitFor();
  await toText();
  await press("l");
});

test("[KEY-11] a colleague is followed from their face and left with Escape", async () => {
  await until("F6", /^Follow Ana Ruiz$/);
  await press("Enter");
  await page.getByRole("status").getByText("Following Ana Ruiz").waitFor();
  await press("Escape");
  await page.getByRole("status").getByText("Following Ana Ruiz").waitFor({ state: "hidden" });
});

test("[KEY-12] all of it without a single press of a pointer", async () => {
  expect(await page.evaluate(() => sessionStorage.getItem("pointer"))).toBeNull();
  expect(kim.errors).toEqual([]);
});
