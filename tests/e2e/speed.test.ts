import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { text } from "./steps.ts";
import { crowded } from "./summit-marks.ts";
import { type Member, ownerOf, seedArticle } from "./team.ts";

/** Budgets with room to spare: they catch a collapse, not the noise of a busy machine. */
let product: Product;
let browser: Browser;
let owner: Member;
let article = "";

const SCRIPT_BYTES = 350_000;
const FIRST_TEXT = 2_000;
const KEY_TO_PAINT = 100;
/** Longest share of keys that may be slower than the budget. */
const SLOWEST = 0.05;
const KEYS = 60;
const MARKS = 1_000;
const WORDS = 20_000;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  owner = await ownerOf(product);
  article = await seedArticle(owner);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const path = (id: string) => `${product.base}/articles/${id}`;

/** Milliseconds from the start of the navigation to the text of the article. */
async function firstText({ page }: Person): Promise<number> {
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(".ProseMirror")?.textContent?.includes("PARIS")) return;
      watch.disconnect();
      performance.mark("first-text");
    });
    watch.observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(path(article), { waitUntil: "commit" });
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
  return page.evaluate(() => performance.getEntriesByName("first-text")[0]?.startTime ?? Number.NaN);
}

/** Compressed bytes of the scripts that were asked for until then. */
function scriptBytes({ page }: Person, until: number): Promise<number> {
  return page.evaluate(
    (time) =>
      performance
        .getEntriesByType("resource")
        .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
        .filter(({ name, startTime }) => startTime < time && new URL(name).pathname.endsWith(".js"))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    until,
  );
}

test("[SPD-1, SPD-2] the first text of an article is there in two seconds, with at most 350 kB of script", async () => {
  const times: number[] = [];
  for (let visit = 0; visit < 3; visit += 1) {
    const person = await owner.browse(browser, { serviceWorkers: "block" });
    const time = await firstText(person);
    times.push(time);
    const bytes = await scriptBytes(person, time);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(SCRIPT_BYTES);
    await person.context.close();
  }
  expect(Math.min(...times)).toBeLessThan(FIRST_TEXT);
});

/** Types and gives for each key the milliseconds until the frame after it was painted. */
async function keyToPaint(page: Page): Promise<readonly number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const again = "glossTimes" in window;
    Object.assign(window, { glossTimes: times });
    if (again) return;
    window.addEventListener(
      "keydown",
      (event) => {
        // The time of the event is that of the key; a message after the frame comes when it is painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener("message", () =>
            (window as unknown as { glossTimes: number[] }).glossTimes.push(
              performance.now() - event.timeStamp,
            ),
          );
          port1.start();
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press(key % 6 === 5 ? "Space" : "e");
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { glossTimes: number[] }).glossTimes.length))
      .toBe(key + 1);
  }
  return page.evaluate(() => (window as unknown as { glossTimes: number[] }).glossTimes);
}

test("[SPD-3] with 20,000 words and 1,000 marks a key is painted in a tenth of a second", async () => {
  const { text: words } = await owner.call<{ text: string }>("GET", `/articles/${article}/snapshot`);
  const times = Math.ceil(WORDS / words.split(/\s+/).length);
  const content = Array.from({ length: times }, (_, at) => words.replaceAll("PARIS", `PARIS ${at}`)).join(
    "\n\n",
  );
  const { id } = await owner.call<{ id: string }>("POST", "/articles", { title: "Long", content });
  await owner.mark(id, crowded(content, { count: MARKS, size: 6 }));
  const { page, errors } = await owner.browse(browser);
  await page.goto(path(id));
  await text(page).getByText("PARIS 0, January 7, 2026").waitFor();
  await page.locator(".ProseMirror mark").first().waitFor();
  await page.getByText("Edit", { exact: true }).click();
  await text(page).getByText("French President Emmanuel Macron").first().click();
  const rounds: number[] = [];
  // A machine that is busy with something else gets three tries.
  while (rounds.length < 3 && !rounds.some((time) => time < KEY_TO_PAINT)) {
    const slow = (await keyToPaint(page)).toSorted((one, other) => other - one);
    rounds.push(slow[Math.floor(KEYS * SLOWEST)] ?? Number.NaN);
  }
  expect(Math.min(...rounds)).toBeLessThan(KEY_TO_PAINT);
  expect(errors).toEqual([]);
});
