import { expect } from "vitest";
import type { Page } from "playwright-core";
import type { Product } from "./product.ts";

/** What a person does, in the words of the screen. */

export const SENTENCE =
  "Following a ceasefire, the UK and France will establish military hubs across Ukraine and build protected facilities for weapons and military equipment to support Ukraine's defensive needs";

export const text = (page: Page) => page.getByRole("textbox", { name: "Article text" });

/** Opens the owner link, gives name, e-mail and password, and is in the seed article. */
export async function becomeOwner(page: Page, product: Product, name = "Ana Ruiz"): Promise<void> {
  await page.goto(product.link);
  await page.getByLabel("Your name").or(page.getByLabel("Name")).first().fill(name);
  await page.getByLabel(/e-mail/i).fill("ana@example.org");
  await page
    .getByLabel(/^password/i)
    .first()
    .fill("correct horse battery staple");
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/articles\/[^/]+/);
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
}

/** Makes an invitation for the open article in the share dialog and gives its link. */
export async function invite(page: Page, role: string): Promise<string> {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this article" });
  const other = dialog.getByRole("button", { name: "Make another link" });
  if (await other.isVisible()) await other.click();
  await dialog.getByRole("button", { name: /^Who opens the link becomes/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`^${role}`) }).click();
  await dialog.getByRole("button", { name: "Create link" }).click();
  const link = await dialog.getByRole("textbox", { name: "Invitation link" }).inputValue();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  return link;
}

/** Opens an invitation, gives a name, and is in the article. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel(/your name/i).fill(name);
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/articles\/[^/]+/);
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
}

type Spot = { readonly x: number; readonly y: number };
type Spots = { readonly start: Spot; readonly end: Spot; readonly over: string | null };

/** Frames that what floats over words has to give way, as the bar of an earlier selection does. */
const MOST_FRAMES = 200;

/** Brings these words into view and says where they start and end on the screen, once they stand still. */
export async function find(page: Page, words: string): Promise<Spots> {
  let before = await spots(page, words);
  for (let frames = 0; ; frames += 2) {
    // Blocks that come into sight are laid out only then, which moves those below.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const now = await spots(page, words);
    const still = now.start.y === before.start.y && now.end.x === before.end.x;
    if (still && now.over === null) return now;
    if (frames > MOST_FRAMES) throw new Error(`"${words}" is covered: ${now.over ?? "it moves"}`);
    before = now;
  }
}

async function spots(page: Page, words: string): Promise<Spots> {
  const found = await page.evaluate((wanted) => {
    const root = document.querySelector<HTMLElement>(".ProseMirror");
    for (const block of root?.querySelectorAll("p, h1, h2, h3, h4, h5, h6") ?? []) {
      const at = (block.textContent ?? "").indexOf(wanted);
      if (at < 0) continue;
      block.scrollIntoView({ block: "center", behavior: "instant" });
      const range = document.createRange();
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      let offset = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const length = node.textContent?.length ?? 0;
        if (at >= offset && at < offset + length) range.setStart(node, at - offset);
        if (at + wanted.length <= offset + length) {
          range.setEnd(node, at + wanted.length - offset);
          break;
        }
        offset += length;
      }
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
      const first = boxes[0];
      const last = boxes.at(-1);
      if (!first || !last) return null;
      const start = { x: first.left + 0.5, y: (first.top + first.bottom) / 2 };
      const end = { x: last.right - 0.5, y: (last.top + last.bottom) / 2 };
      const over = [start, end]
        .map(({ x, y }) => document.elementFromPoint(x, y))
        .find((element) => element?.closest(".ProseMirror") !== root);
      return { start, end, over: over ? over.outerHTML.slice(0, 200) : null };
    }
    return null;
  }, words);
  if (!found) throw new Error(`"${words}" does not stand in the article: ${await articleText(page)}`);
  return found;
}

/** Selects these words, standing in one block, with the mouse. */
export async function select(page: Page, words: string): Promise<void> {
  const { start, end } = await find(page, words);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(words);
}

/** Clicks the beginning of these words, once their mark is drawn: that of lines just come into sight is late. */
export async function clickMark(page: Page, words: string): Promise<void> {
  const { start } = await find(page, words);
  const isMarked = () =>
    page.evaluate(
      ({ x, y }) => (document.elementFromPoint(x, y)?.closest("[data-key]") ?? null) !== null,
      start,
    );
  await expect.poll(isMarked, { timeout: 10_000 }).toBe(true);
  await page.mouse.click(start.x, start.y);
  // What opens under the pointer would show its tip.
  await page.mouse.move(0, 0);
}

/** Clicks right after these words. */
export async function caretAfter(page: Page, words: string): Promise<void> {
  const { end } = await find(page, words);
  await page.mouse.click(end.x, end.y);
  // The editor reads a click a moment later; no hand is quicker.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
}

export const tagBar = (page: Page) => page.getByRole("toolbar", { name: "Tags for the selected words" });

/** Marks words with tags by their keys. */
export async function mark(page: Page, words: string, ...keys: string[]): Promise<void> {
  await select(page, words);
  await tagBar(page).waitFor();
  for (const key of keys) await page.keyboard.press(key);
}

export const saved = (page: Page) => page.getByRole("button", { name: "Saved", exact: true });

/** The card in the margin that says these tags and this author. */
export const card = (page: Page, tags: string, author: string) =>
  page.getByLabel(`${tags} by ${author}`, { exact: true });

/** The words that are marked, as the text shows them. */
export function marked(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".ProseMirror mark")].map((node) => node.textContent ?? ""),
  );
}

export async function articleText(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".ProseMirror > *")].map((node) => node.textContent ?? "").join("\n"),
  );
}

export async function editMode(page: Page): Promise<void> {
  await page.getByText("Edit", { exact: true }).click();
  await expect.poll(() => text(page).getAttribute("aria-readonly")).not.toBe("true");
}

/** Every mark of the article as the server has it: author, tags and the words it covers now, sorted. */
export async function storedMarks(page: Page): Promise<string[]> {
  const id = new URL(page.url()).pathname.split("/")[2] ?? "";
  const layers = await page.evaluate(async (article) => {
    const answer = await fetch(`/api/v1/articles/${article}/snapshot`);
    return (
      (await answer.json()) as {
        layers: { user: { name: string }; annotations: { tags: string[]; ranges: { exact: string }[] }[] }[];
      }
    ).layers;
  }, id);
  return layers
    .flatMap(({ user, annotations }) =>
      annotations.map(
        ({ tags, ranges }) =>
          `${user.name}: ${tags.join("+")}: ${ranges.map(({ exact }) => exact).join(" … ")}`,
      ),
    )
    .toSorted();
}
