import type { Browser, Page } from "playwright-core";
import type { Product } from "./product.ts";
import { tagBar } from "./steps.ts";
import { guestOf, type Member } from "./team.ts";

/** The pictures of what follows on marks: review, the author's inbox, a discussion, lists, the codebook's editor. */

type Ground = {
  readonly product: Product;
  readonly browser: Browser;
  readonly owner: Member;
  readonly author: Member;
  readonly article: string;
  readonly shoot: (page: Page, name: string) => Promise<void>;
};

const CALM = { reducedMotion: "reduce", colorScheme: "light" } as const;

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 60))));
  }
}

export async function shootReview({
  product,
  browser,
  owner,
  author,
  article,
  shoot,
}: Ground): Promise<void> {
  const rita = await guestOf(product, owner, "Rita Sand", "reviewer");
  const { page } = await rita.browse(browser, CALM);
  const open = async (one: Page) => {
    await one.goto(`${product.base}/articles/${article}`);
    await one.locator(".ProseMirror mark").first().waitFor();
    await one.getByRole("button", { name: /^(Saved|Read only)$/ }).waitFor();
  };
  await open(page);
  await press(page, "Alt+Shift+V");
  const panel = page.getByRole("region", { name: "Review" });
  await panel.getByText(/^0 of \d+$/).waitFor();
  await press(page, "a", "x", "1", "e", "c", "Enter", "a");
  await panel.getByText(/^4 of \d+$/).waitFor();
  await shoot(page, "review-light");
  await press(page, "x");
  await page.emulateMedia({ colorScheme: "dark" });
  await shoot(page, "review-reject-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await press(page, "Escape");
  await panel.getByRole("button", { name: "Finish" }).click();
  const dialog = page.getByRole("dialog", { name: "Finish review" });
  await dialog.waitFor();
  await shoot(page, "review-finish-light");
  await press(page, "Escape");

  const writer = await author.browse(browser, CALM);
  await open(writer.page);
  await writer.page.getByRole("button", { name: /^Inbox: \d+ verdicts? on your marks$/ }).click();
  await writer.page.getByRole("region", { name: "Inbox" }).waitFor();
  await shoot(writer.page, "inbox-light");
  await press(writer.page, "Alt+Shift+I");

  const ana = await owner.browse(browser, CALM);
  await open(ana.page);
  await ana.page
    .getByText("Starmer detailed a trilateral agreement")
    .dblclick({ position: { x: 220, y: 12 } });
  await tagBar(ana.page).waitFor();
  await press(ana.page, "Control+Alt+m");
  const box = ana.page.getByRole("complementary", { name: "Discussions" }).getByRole("textbox").first();
  await box.fill("Three parties, but who signs? Does the codebook count a declaration as a promise?");
  await press(ana.page, "Control+Enter");
  await ana.page.getByRole("article").getByText("Three parties").waitFor();
  await shoot(ana.page, "discussion-light");
  await ana.page.getByRole("button", { name: "Rule …" }).click();
  await ana.page.getByRole("dialog").waitFor();
  await shoot(ana.page, "ruling-light");
  await press(ana.page, "Escape");
  await press(ana.page, "Escape", "Escape", "Escape");

  await press(ana.page, "Alt+Shift+M");
  await ana.page.getByRole("region", { name: "All annotations" }).waitFor();
  await shoot(ana.page, "list-light");

  await open(writer.page);
  await press(writer.page, "Alt+Shift+S");
  await writer.page.getByRole("region", { name: "Suggesting" }).waitFor();
  await writer.page
    .getByText("Starmer detailed a trilateral agreement")
    .dblclick({ position: { x: 30, y: 12 } });
  await writer.page.keyboard.type("The prime minister");
  await press(writer.page, "ArrowRight");
  await writer.page.getByRole("button", { name: /suggests: replace/ }).click();
  await shoot(writer.page, "suggest-light");

  await ana.page.goto(`${product.base}/codebook?at=tags/conditional`);
  await ana.page.getByRole("heading", { level: 1 }).first().waitFor();
  await shoot(ana.page, "codebook-editor-light");
}
