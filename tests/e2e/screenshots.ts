import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { startProduct } from "./product.ts";
import { shootReview } from "./screenshots-review.ts";
import { ANA, BEN, CHIARA } from "./summit-marks.ts";
import { guestOf, ownerOf, seedArticle } from "./team.ts";

/** The pictures of the documentation: three people, one article, marks as the codebook wants them. */

const folder = join(import.meta.dirname, "..", "..", "docs", "screenshots");
/** Bytes; larger ones make the documentation slow to read. */
const LARGEST = 300_000;
const HUBS = "Following a ceasefire, the UK and France";

mkdirSync(folder, { recursive: true });
const [product, browser] = await Promise.all([startProduct(), launchBrowser()]);

async function shoot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  );
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  const { size } = statSync(path);
  if (size > LARGEST) throw new Error(`${name}.png has ${size} bytes; the most is ${LARGEST}`);
  process.stdout.write(`${name}.png, ${Math.round(size / 1000)} kB\n`);
}

try {
  const ana = await ownerOf(product);
  const article = await seedArticle(ana);
  const ben = await guestOf(product, ana, "Ben Okafor", "editor");
  const chiara = await guestOf(product, ana, "Chiara Lindqvist", "annotator");
  await ana.mark(article, ANA);
  await ben.mark(article, BEN);
  await chiara.mark(article, CHIARA);
  for (const sample of [
    "us-ukraine-bilateral-security-agreement-2024-06-13",
    "biden-zelenskyy-press-conference-2024-06-13",
  ]) {
    await ana.call("POST", `/samples/${sample}`);
  }
  const calm = { reducedMotion: "reduce", colorScheme: "light" } as const;
  const open = async (page: Page) => {
    await page.goto(`${product.base}/articles/${article}`);
    await page.locator(".ProseMirror mark").first().waitFor();
    await page.getByRole("button", { name: /^(Saved|Read only)$/ }).waitFor();
  };
  const bens = await ben.browse(browser, calm);
  const chiaras = await chiara.browse(browser, calm);
  await Promise.all([open(bens.page), open(chiaras.page)]);
  await bens.page.getByText("Edit", { exact: true }).click();
  await bens.page.getByText("Starmer detailed a trilateral agreement").click({ position: { x: 180, y: 12 } });
  await chiaras.page
    .getByText("He emphasized enhanced military coordination")
    .click({ position: { x: 90, y: 12 } });

  const { page } = await ana.browse(browser, calm);
  const toHubs = (one: Page) =>
    one
      .getByText(HUBS)
      .first()
      .evaluate((node) => {
        const block = node.closest("p");
        if (block)
          window.scrollTo({
            top: block.getBoundingClientRect().top + window.scrollY - 220,
            behavior: "instant",
          });
      });
  const chooseHubs = async (one: Page) => {
    await toHubs(one);
    await one.getByText("will establish military hubs across Ukraine").first().click();
    await one.getByRole("button", { name: "Close this card" }).waitFor();
  };
  await open(page);
  await page.getByRole("button", { name: "Follow Ben Okafor" }).waitFor();
  await chooseHubs(page);
  await bens.page.keyboard.press("ArrowRight");
  await page.locator(".gloss-caret", { hasText: "Ben Okafor" }).first().waitFor();
  await shoot(page, "workspace-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await shoot(page, "workspace-dark");
  await page.emulateMedia({ colorScheme: "light" });

  await page.getByRole("button", { name: "Close this card" }).click();
  await page.getByRole("button", { name: "Codebook: what the tags mean" }).click();
  await page.getByRole("complementary", { name: "Codebook" }).waitFor();
  await shoot(page, "codebook-light");
  await page.getByRole("button", { name: "Close the codebook" }).click();

  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  const link = page.getByRole("textbox", { name: "Invitation link" });
  await link.waitFor();
  const url = await link.inputValue();
  await shoot(page, "share-light");
  await page.keyboard.press("Escape");

  await page.getByText("Edit", { exact: true }).click();
  await page.getByRole("toolbar", { name: "Text" }).waitFor();
  await page
    .getByText("The joint declaration emphasizes")
    .first()
    .click({ position: { x: 300, y: 12 } });
  await shoot(page, "edit-light");
  await page.getByText("Annotate", { exact: true }).click();

  await page.goto(`${product.base}/articles`);
  await page.getByText("Here now").first().waitFor();
  await shoot(page, "articles-light");

  const stranger = await browser.newContext({ ...calm, viewport: { width: 1280, height: 800 } });
  const door = await stranger.newPage();
  await door.goto(url);
  await door.getByLabel("Your name").fill("Lee");
  await shoot(door, "join-light");

  const phone = await chiara.browse(browser, {
    ...calm,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await open(phone.page);
  await chooseHubs(phone.page);
  await shoot(phone.page, "workspace-phone");

  await shootReview({ product, browser, owner: ana, author: ben, article, shoot });
} finally {
  await browser.close();
  await product.stop();
}
