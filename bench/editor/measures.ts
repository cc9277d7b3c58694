import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, CDPSession, Locator, Page } from "playwright-core";
import { quantile, random } from "../load/statistics.ts";
import type { Colleague } from "./colleague.ts";
import type { Cause, Span } from "./probe.ts";

/** One figure each, in milliseconds or MiB, under the names that targets.ts reads. */
export type Figures = Readonly<Record<string, number>>;

const KEYS = 60;
const TAGGED = 16;
const REMOTE = 30;
/** The probe gives up on a change that is not painted within this time. */
const PATIENCE = 5_000;
const DISTANCE = 12_000;
const SPEED = 4_000;
const MIB = 2 ** 20;
const REST = 700;
const TRIES = 5;

async function painted(page: Page, cause: Cause, act: () => Promise<unknown>): Promise<Span> {
  await page.evaluate((what) => window.probe.arm(what), cause);
  await act();
  const until = performance.now() + PATIENCE;
  while (performance.now() < until) {
    const [span] = await page.evaluate(() => window.probe.take());
    if (span) return span;
    await sleep(10);
  }
  throw new Error(`Nothing was painted after a ${cause}.`);
}

function both(name: string, spans: readonly Span[]): Figures {
  const took = spans.map((span) => span.took);
  const work = spans.map((span) => span.work);
  return {
    [`${name} p50`]: quantile(took, 0.5),
    [`${name} p95`]: quantile(took, 0.95),
    [`${name} work p50`]: quantile(work, 0.5),
    [`${name} work p95`]: quantile(work, 0.95),
  };
}

/** Brings the block at a share of the article to the middle of the screen, and gives its number. */
export async function goTo(page: Page, share: number): Promise<number> {
  const at = await page.evaluate((where) => {
    const blocks = document.querySelector(".ProseMirror")?.children ?? [];
    let index = Math.floor(blocks.length * where);
    while (index > 0 && (blocks[index]?.textContent?.length ?? 0) < 200) index -= 1;
    return index;
  }, share);
  // Blocks that come into sight are laid out only then, which moves those below.
  await page.evaluate(async (index) => {
    const block = document.querySelector(".ProseMirror")?.children[index];
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let still = 0, last = Number.NaN; block && still < 5;) {
      block.scrollIntoView({ block: "center", behavior: "instant" });
      await frame();
      const { top } = block.getBoundingClientRect();
      still = top === last ? still + 1 : 0;
      last = top;
    }
  }, at);
  await sleep(REST);
  return at;
}

/** Puts the caret into a block. */
async function clickInto(page: Page, block: number): Promise<void> {
  for (let time = 0; time < TRIES; time += 1) {
    const box = await page.locator(`.ProseMirror > :nth-child(${block + 1})`).boundingBox();
    if (box) await page.mouse.click(box.x + box.width / 3, box.y + box.height / 2);
    await sleep(REST);
    const there = await page.evaluate((index) => {
      const text = document.querySelector(".ProseMirror");
      const caret = getSelection()?.anchorNode ?? null;
      return text === document.activeElement && text?.children[index]?.contains(caret) === true;
    }, block);
    if (there) return;
  }
  throw new Error("The caret does not go into the text.");
}

/** Real keys in the middle of a paragraph, at a typist's uneven pace. */
export async function typing(page: Page, keys = KEYS): Promise<Figures> {
  const at = await goTo(page, 0.5);
  await clickInto(page, at);
  const below = random(3);
  const spans: Span[] = [];
  for (let key = 0; key < keys; key += 1) {
    const next = key % 6 === 5 ? "Space" : "abcdefghij".charAt(below(10));
    spans.push(await painted(page, "key", () => page.keyboard.press(next)));
    await sleep(50 + below(130));
  }
  return both("key", spans);
}

/** A tag is given to a mark of mine and taken again. */
export async function toggling(page: Page): Promise<Figures> {
  await goTo(page, 0.4);
  const spot = await page.evaluate(() => {
    for (const mark of document.querySelectorAll(".ProseMirror mark.is-mine")) {
      const [box] = mark.getClientRects();
      if (!box || box.top < 200 || box.bottom > innerHeight - 200 || box.width < 40) continue;
      const spot = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      if (document.elementFromPoint(spot.x, spot.y)?.closest("mark") === mark) return spot;
    }
    return null;
  });
  if (!spot) throw new Error("No mark of mine is on the screen.");
  await page.mouse.click(spot.x, spot.y);
  await sleep(600);
  const spans: Span[] = [];
  for (let time = 0; time < TAGGED; time += 1) {
    spans.push(await painted(page, "tag", () => page.keyboard.press("r")));
    await sleep(400);
  }
  await page.keyboard.press("Escape");
  return both("tag", spans);
}

/** All marks of a tag are shown beside those of another, and hidden again. */
export async function filtering(page: Page): Promise<Figures> {
  await goTo(page, 0.3);
  const tags = page.getByRole("region", { name: "Filter" }).getByRole("checkbox");
  const [first, second] = await Promise.all([spotOf(tags.nth(0)), spotOf(tags.nth(1))]);
  await page.mouse.click(first.x, first.y);
  await sleep(600);
  const spans: Span[] = [];
  for (let time = 0; time < TAGGED; time += 1) {
    spans.push(await painted(page, "filter", () => page.mouse.click(second.x, second.y)));
    await sleep(400);
  }
  await page.mouse.click(first.x, first.y);
  await sleep(600);
  return both("filter", spans);
}

async function spotOf(of: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await of.boundingBox();
  if (!box) throw new Error("It is not on the screen.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A colleague types in the paragraph that is on the screen. */
export async function remote(page: Page, colleague: Colleague): Promise<Figures> {
  const at = await goTo(page, 0.6);
  const spans: Span[] = [];
  for (let time = 0; time < REMOTE; time += 1) {
    spans.push(await painted(page, "remote", async () => colleague.type(at)));
    await sleep(200);
  }
  return both("remote", spans);
}

/** Times between frames while the text, or what is at `spot`, is scrolled at an even speed. */
export async function scrolling(
  page: Page,
  client: CDPSession,
  { name, x }: { readonly name: string; readonly x: number },
): Promise<Figures> {
  await page.evaluate(() => {
    window.stopFrames = window.probe.watchFrames();
  });
  await client.send("Input.synthesizeScrollGesture", {
    x,
    y: 450,
    yDistance: -DISTANCE,
    speed: SPEED,
    gestureSourceType: "mouse",
    preventFling: true,
  });
  const gaps = await page.evaluate(() => window.stopFrames());
  return {
    [`${name} p50`]: quantile(gaps, 0.5),
    [`${name} p95`]: quantile(gaps, 0.95),
    [`${name} longest`]: quantile(gaps, 1),
  };
}

/** Memory of the tab after collecting garbage: of JavaScript, and of its process. */
export async function memory(browser: Browser, client: CDPSession): Promise<Figures> {
  for (let time = 0; time < 2; time += 1) await client.send("HeapProfiler.collectGarbage");
  await sleep(2_000);
  const { metrics } = await client.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => shareOf(id));
  return { heap: heap / MIB, pss: Math.max(...renderers) };
}

/** Proportional share of a process in memory, in MiB. */
function shareOf(pid: number): number {
  const kib = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
  return Number(kib) / 1024;
}
