import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overflow, violations } from "./axe.ts";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { storedMarks, text } from "./steps.ts";
import { type Mark, guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** A review of fifty marks, what its author does about it, and a second reviewer, in order. */
let product: Product;
let browser: Browser;
let owner: Member;
let ben: Member;
let rita: Member;
let rolf: Member;
let reviewer: Person;
let author: Person;
let second: Person;
let article = "";

const CALM = { reducedMotion: "reduce" } as const;
const slowly = { timeout: 15_000 };

type Verdict = { readonly by: string; readonly verdict: string; readonly reason: string | null };

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  owner = await ownerOf(product);
  article = await seedArticle(owner);
  ben = await guestOf(product, owner, "Ben Okafor", "annotator");
  rita = await guestOf(product, owner, "Rita Sand", "reviewer");
  rolf = await guestOf(product, owner, "Rolf Berg", "reviewer");
  const { text: words } = await owner.call<{ text: string }>("GET", `/articles/${article}/snapshot`);
  await ben.mark(article, fifty(words));
  reviewer = await rita.browse(browser, CALM);
  author = await ben.browse(browser, CALM);
  second = await rolf.browse(browser, CALM);
  await reviewer.page.addInitScript(() => {
    for (const kind of ["pointerdown", "mousedown", "touchstart"]) {
      window.addEventListener(kind, () => sessionStorage.setItem("pointer", kind), { capture: true });
    }
  });
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** Fifty words of the article that stand in it once, in text order. */
function fifty(words: string): readonly Mark[] {
  const long = [...new Set(words.match(/[A-Za-z]{7,}/g))].filter((word) => words.split(word).length === 2);
  expect(long.length).toBeGreaterThan(50);
  return long.slice(0, 50).map((word) => ({ tags: ["binding"], words: word }));
}

const panel = (page: Page) => page.getByRole("region", { name: "Review" });
const progress = (page: Page) => panel(page).getByText(/^\d+ of \d+$/);
const done = (page: Page) => progress(page).textContent();

async function open({ page }: Person, query = ""): Promise<void> {
  await page.goto(`${product.base}/articles/${article}${query}`);
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
  await page.locator(".ProseMirror mark").first().waitFor();
}

/** One key after the other, each once the page has painted what the one before did. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 20))));
  }
}

/** The page has put on the scheme: it learns of it by an event and changes in a frame or two. */
async function shown(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.documentElement.dataset["mantineColorScheme"] === wanted,
    scheme,
  );
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
}

const verdicts = async () =>
  (await owner.call<{ items: Verdict[] }>("GET", `/articles/${article}/verdicts?limit=500`)).items;

test("[RVS-4, RVS-5, RVS-6, RVS-7, RVS-8, RVS-9] fifty marks are reviewed by keys alone", async () => {
  const { page } = reviewer;
  await open(reviewer);
  await press(page, "Alt+Shift+V");
  await panel(page).waitFor();
  await expect.poll(() => done(page), slowly).toBe("0 of 50");
  // Away from the first one and back.
  await press(page, "j", "j", "k", "k");
  for (let mark = 0; mark < 50; mark += 1) {
    expect(await done(page)).toBe(`${mark} of 50`);
    if (mark === 10) await press(page, "x", "1");
    else if (mark === 11) {
      await press(page, "x", "Shift+8");
      await page.keyboard.type("Too vague to mark.");
      await press(page, "Enter");
    } else if (mark === 20) await press(page, "e", "c", "Enter");
    else if (mark === 21) await press(page, "e", "Alt+ArrowRight", "Enter");
    else if (mark === 30) {
      await press(page, "d");
      await page.keyboard.type("Is this a promise?");
      await press(page, "Enter");
    } else if (mark === 31) await press(page, "m", "n", "a");
    else if (mark === 40) await press(page, "s", "u", "s");
    else await press(page, "a");
  }
  await panel(page).getByText("All done").waitFor();
  expect(await done(page)).toBe("50 of 50");
  expect(await page.evaluate(() => sessionStorage.getItem("pointer"))).toBeNull();
  // "Nothing missing" has taken the place of "read" on the same paragraph.
  await expect.poll(async () => (await verdicts()).length, slowly).toBe(51);
  const kinds = (await verdicts()).map(({ verdict, reason }) => reason ?? verdict);
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  expect(count("accepted")).toBe(44);
  expect([count("wrong-tag"), count("other"), count("suggested"), count("discussed")]).toEqual([1, 1, 2, 1]);
  expect([count("deferred"), count("read"), count("complete")]).toEqual([1, 0, 1]);
  // Who has objected is not offered to approve.
  await panel(page).getByRole("button", { name: "Finish" }).focus();
  await press(page, "Enter");
  const dialog = page.getByRole("dialog", { name: "Finish review" });
  expect(await dialog.getByLabel("Request changes").isChecked()).toBe(true);
  await press(page, "Escape");
  await dialog.waitFor({ state: "hidden" });
  expect(reviewer.errors).toEqual([]);
});

test("[RVS-17, RVS-12] everybody sees how each mark stands, in the text and at its card", async () => {
  const { page } = author;
  await open(author);
  await page.locator(".ProseMirror .is-accepted-sign").first().waitFor();
  // Many marks of one paragraph are one line in the margin until somebody spreads them out.
  await page
    .getByRole("button", { name: /marks here$/ })
    .first()
    .click();
  const card = page.getByLabel("Binding by Ben Okafor", { exact: true }).first();
  await expect.poll(() => card.textContent(), slowly).toMatch(/Accepted/);
  const drawn = await page.evaluate(() => {
    const mark = document.querySelector(".ProseMirror .ends.is-accepted-sign");
    return mark ? getComputedStyle(mark, "::after").maskImage : "";
  });
  expect(drawn).toMatch(/svg/);
  // Open, it says who said what.
  await card.getByRole("button").click();
  await page.getByText("Rita Sand accepted it").first().waitFor();
});

test("[RVS-20, RVS-21, RVS-22] the author's inbox: a suggestion by one key, an answer, keeping, undo", async () => {
  const { page } = author;
  await page.getByRole("button", { name: "Inbox: 5 verdicts on your marks" }).waitFor();
  await press(page, "Alt+Shift+I");
  const inbox = page.getByRole("region", { name: "Inbox" });
  await inbox.waitFor();
  expect(await inbox.getByRole("listitem").count()).toBeGreaterThanOrEqual(5);
  const current = inbox.locator("[aria-current]");
  await current.getByText("wrong tag").waitFor();
  await press(page, "r");
  await page.keyboard.type("The treaty says so.");
  await press(page, "Enter");
  await current.getByText("Too vague to mark.").waitFor();
  await press(page, "x", "u");
  await current.getByText("Too vague to mark.").waitFor();
  await press(page, "x");
  await current.getByText("suggests a change").waitFor();
  const before = await storedMarks(page);
  await press(page, "a");
  await expect
    .poll(
      async () => (await storedMarks(page)).filter((mark) => mark.includes(": conditional: ")).length,
      slowly,
    )
    .toBe(1);
  await press(page, "u");
  await expect.poll(() => storedMarks(page), slowly).toEqual(before);
  await press(page, "a", "a");
  await expect
    .poll(async () => (await storedMarks(page)).filter((mark) => !before.includes(mark)).length, slowly)
    .toBe(2);
  await page.getByRole("button", { name: "Inbox: 1 verdict on your marks" }).waitFor(slowly);
  // The reviewer hears of the answer and of what was kept.
  await panel(reviewer.page).getByText("The author has answered").waitFor(slowly);
  await expect.poll(() => done(reviewer.page), slowly).toBe("48 of 50");
  await press(reviewer.page, "a", "a");
  await panel(reviewer.page).getByText("All done").waitFor();
  expect(author.errors).toEqual([]);
});

test("[RVS-11] a mark that is changed after it was accepted comes back, with before and after", async () => {
  const { page } = author;
  await press(page, "Alt+Shift+I");
  const id = await author.page.evaluate(async (name) => {
    const answer = await fetch(`/api/v1/articles/${name}/snapshot`);
    const { layers } = (await answer.json()) as {
      layers: { annotations: { id: string; tags: string[] }[] }[];
    };
    return layers[0]?.annotations.length ?? 0;
  }, article);
  expect(id).toBe(50);
  // The first mark of the text, opened by key and tagged otherwise.
  await press(page, "j", "c");
  const review = panel(reviewer.page);
  await review.getByText("Changed since you accepted it").waitFor(slowly);
  const change = review.getByRole("region", { name: "Before and after" });
  await change.getByText("Changed: tags").waitFor();
  expect(await change.locator("del").textContent()).toBe("Binding");
  expect(await change.locator("ins").textContent()).toContain("Conditional");
  expect(await done(reviewer.page)).toBe("49 of 50");
  await page.locator(".ProseMirror .is-changed-sign").first().waitFor();
  expect(await violations(reviewer.page)).toEqual([]);
});

test("[RVS-1] a verdict that finds no server is kept over a reload and arrives once", async () => {
  const { page } = reviewer;
  const before = await verdicts();
  await page.route("**/verdicts", (route) => route.abort());
  await press(page, "a");
  await panel(page)
    .getByText(/^Not saved/)
    .waitFor(slowly);
  expect(await done(page)).toBe("50 of 50");
  await open(reviewer, "?review=all");
  await expect.poll(() => done(page), slowly).toBe("50 of 50");
  expect((await verdicts()).map(({ by }) => by)).toHaveLength(before.length);
  await page.unroute("**/verdicts");
  await panel(page)
    .getByRole("button", { name: /Try now/ })
    .or(panel(page).getByText("All done"))
    .first()
    .waitFor();
  const again = panel(page).getByRole("button", { name: /Try now/ });
  if (await again.isVisible()) await again.focus();
  if (await again.isVisible()) await press(page, "Enter");
  await expect
    .poll(
      () =>
        panel(page)
          .getByText(/Not saved|Saving/)
          .count(),
      { timeout: 40_000 },
    )
    .toBe(0);
  // It takes the place of the earlier one on the same mark.
  await expect.poll(async () => (await verdicts()).length, slowly).toBe(before.length);
  expect(await done(page)).toBe("50 of 50");
});

test("[RVS-12, RVS-10] two reviewers at once: each sees the other's verdicts, drafts stay private, none is lost", async () => {
  await open(second, "?review=all");
  const theirs = panel(second.page);
  await expect.poll(() => done(second.page), slowly).toBe("0 of 50");
  await theirs.getByText("When I finish").click();
  await theirs.locator("[data-review-title]").focus();
  await reviewer.page.getByLabel("Whose markup").selectOption({ index: 1 });
  await Promise.all([
    press(second.page, ...Array.from({ length: 20 }, () => "a"), "x", "2"),
    press(reviewer.page, "u"),
  ]);
  await theirs.getByRole("button", { name: "Finish · 21" }).waitFor();
  expect((await verdicts()).filter(({ by }) => by === rolf.id)).toEqual([]);
  await theirs.getByRole("button", { name: /^Finish/ }).click();
  const dialog = second.page.getByRole("dialog", { name: "Finish review" });
  await dialog.getByText("20 accepted, 1 rejected").waitFor();
  expect(await violations(second.page)).toEqual([]);
  await dialog.getByLabel("Summary (optional)").fill("Mostly fine.");
  await dialog.getByRole("button", { name: "Finish review" }).click();
  await expect
    .poll(async () => (await verdicts()).filter(({ by }) => by === rolf.id).length, slowly)
    .toBe(21);
  await expect
    .poll(() => reviewer.page.locator(".ProseMirror .is-rejected-sign").count(), slowly)
    .toBeGreaterThan(0);
  await press(author.page, "Alt+Shift+I");
  await author.page.getByText("Mostly fine.").waitFor(slowly);
});

test("[RVS-18] marks are filtered by how they stand", async () => {
  const { page } = author;
  await press(page, "Alt+Shift+I");
  const all = await page.locator(".ProseMirror mark").count();
  const facet = page.getByRole("group", { name: "Review" });
  await facet.getByLabel(/^Rejected/).check();
  await expect.poll(() => page.locator(".ProseMirror mark").count(), slowly).toBeLessThan(all);
  await page.getByRole("button", { name: "Clear" }).click();
});

test("[RVS-13] who may not judge reads what is said, and an archived article rests", async () => {
  await open(author, "?review=all");
  await panel(author.page)
    .getByText(/you need the role of a reviewer/)
    .waitFor();
  expect(await author.page.getByRole("button", { name: "Review", exact: true }).count()).toBe(0);
  await owner.call("PATCH", `/articles/${article}`, { archived: true });
  await panel(second.page)
    .getByText(/This article is archived/)
    .waitFor(slowly);
  await owner.call("PATCH", `/articles/${article}`, { archived: false });
  await panel(second.page)
    .getByText(/This article is archived/)
    .waitFor({ state: "hidden", ...slowly });
});

test("[SCR-1, SCR-2] review and inbox are accessible in light and dark, and fit 390 pixels", async () => {
  await open(author, "?inbox=");
  await author.page.getByRole("region", { name: "Inbox" }).waitFor();
  for (const { page } of [second, author]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await shown(page, colorScheme);
      expect(await violations(page), colorScheme).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    await shown(page, "light");
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => overflow(page), slowly).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  }
  const { page } = second;
  await panel(page)
    .getByRole("button", { name: "Accept" })
    .tap()
    .catch(() => panel(page).getByRole("button", { name: "Accept" }).click());
  await expect.poll(() => done(page), slowly).toBe("22 of 50");
  for (const key of ["x", "Escape", "e", "Escape", "d", "Escape", "Shift+N", "Escape"]) {
    await press(page, key);
    if (key !== "Escape") {
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await violations(page), key).toEqual([]);
    }
  }
});
