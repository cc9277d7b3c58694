import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { overflow, violations } from "./axe.ts";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import { card, caretAfter, editMode, find, mark, select, storedMarks, tagBar, text } from "./steps.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** Marking many things quickly, with a mouse and with keys. */
let product: Product;
let browser: Browser;
let owner: Member;
let ana: Person;
let ben: Person;
let page: Page;
let article = "";

const slowly = { timeout: 10_000 };

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  owner = await ownerOf(product);
  const annotator = await guestOf(product, owner, "Ben Okafor", "annotator");
  article = await seedArticle(owner);
  await owner.call("PATCH", `/articles/${article}`, { published: "2026-01-07" });
  ana = await owner.browse(browser);
  ben = await annotator.browse(browser);
  ({ page } = ben);
  for (const person of [ana, ben]) {
    await person.page.goto(`${product.base}/articles/${article}`);
    await text(person.page).getByText("PARIS, January 7, 2026").waitFor();
  }
});

afterAll(async () => {
  expect([...(ana?.errors ?? []), ...(ben?.errors ?? [])]).toEqual([]);
  await browser?.close();
  await product?.stop();
});

/** What Ben has marked: tags and words. */
const bens = async () =>
  (await storedMarks(page)).filter((one) => one.startsWith("Ben Okafor: ")).map((one) => one.slice(12));
const are = (...wanted: string[]) => expect.poll(bens, slowly).toEqual(wanted.toSorted());
const undo = async () => {
  await text(page).focus();
  await page.keyboard.press("Control+z");
};
async function clean(when: string): Promise<void> {
  expect(await violations(page), when).toEqual([]);
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page, true), `${when}, ${colorScheme}`).toEqual([]);
  }
}

test("[QCK-1, QCK-2] a tag is locked from the bar and goes to every selection made with the mouse", async () => {
  await select(page, "historic step");
  await tagBar(page).getByRole("button", { name: "Keep the next tag for every selection" }).click();
  await tagBar(page).getByRole("button", { name: "Hedge" }).click();
  const bar = page.getByRole("region", { name: "One tag for every selection" });
  await bar.waitFor();
  await are("hedge: historic step");
  const { start, end } = await find(page, "unified approach");
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
  await are("hedge: historic step", "hedge: unified approach");
  expect(await tagBar(page).count()).toBe(0);
  await clean("a tag is locked");
  await page.keyboard.press("Escape");
  await bar.waitFor({ state: "hidden" });
  await undo();
  await are("hedge: historic step");
  await undo();
  await are();
});

test("[QCK-1] by keys the selection grows until Enter", async () => {
  await caretAfter(page, "will be placed under US lead");
  await page.keyboard.press("q");
  await page.keyboard.press("a");
  await page.keyboard.press("w");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.getByRole("button", { name: "Tag Enter" }).waitFor();
  await are();
  await page.keyboard.press("Enter");
  await are("actor: leadership");
  await page.keyboard.press("Escape");
  await undo();
  await are();
});

test("[QCK-3] quotation marks and final signs stay out of a mark", async () => {
  await select(page, "“Germany will commit itself politically, financially and militarily.");
  await page.keyboard.press("b");
  await are("binding: Germany will commit itself politically, financially and militarily");
  await undo();
  await are();
});

test("[QCK-6] the same words are tagged in all chosen places at once", async () => {
  await select(page, "Macron described");
  await page.keyboard.press("Escape");
  await select(page, "Macron");
  await page.keyboard.press("Alt+Shift+A");
  const dialog = page.getByRole("dialog", { name: "The same words elsewhere" });
  await dialog.getByText("4 places to tag.").waitFor();
  await dialog.getByRole("button", { name: "Actor" }).click();
  await dialog.getByRole("checkbox", { name: /said during a press/ }).uncheck();
  await clean("the same words");
  await dialog.getByRole("button", { name: "Tag 3 places" }).click();
  await are(...Array.from({ length: 3 }, () => "actor: Macron"));
  await undo();
  await are();
  await page.getByRole("button", { name: "The same words elsewhere" }).click();
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
});

test("[QCK-9] the article as a whole is labelled at its head", async () => {
  const labels = page.getByRole("region", { name: "Labels of the whole article" });
  await labels.getByRole("button", { name: "Label the article" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Conditional" }).click();
  await page.keyboard.press("Escape");
  const label = labels.getByRole("button", { name: "Conditional by Ben Okafor, on the whole article" });
  await label.click();
  await labels.getByRole("textbox", { name: "Condition" }).waitFor();
  await clean("a label is open");
  await ana.page
    .getByRole("button", { name: "Conditional by Ben Okafor, on the whole article" })
    .waitFor(slowly);
  await are("conditional: ");
  await undo();
  await are();
});

test("[QCK-11, QCK-12] the other end of a link is clicked in the text, and a line leads there", async () => {
  await mark(page, "Following a ceasefire", "t");
  // Its end handle would be in the way of what follows.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await mark(page, "the UK and France will establish military hubs across Ukraine", "c");
  await card(page, "Conditional", "Ben Okafor")
    .getByRole("button", { name: /^Pick the mark to link/ })
    .click();
  await page.getByText("Choose the mark to link with").waitFor();
  const { end } = await find(page, "Following a cease");
  await page.mouse.click(end.x, end.y);
  const links = card(page, "Conditional", "Ben Okafor").getByRole("list", { name: "Links" });
  await links.getByText("only if").waitFor();
  await page.locator("svg path[marker-end]").waitFor();
  await page.getByText("only if", { exact: true }).first().waitFor();
  await clean("links are drawn");
  await page.keyboard.press("Escape");
  await undo();
  await links.waitFor({ state: "hidden" });
});

test("[QCK-11] and by keys: j and k go there, Enter takes it", async () => {
  await page.keyboard.press("Escape");
  await find(page, "the UK and France will establish");
  await caretAfter(page, "the UK and France will esta");
  await card(page, "Conditional", "Ben Okafor").getByRole("button", { name: "Change tags" }).waitFor();
  await page.keyboard.press("Alt+Shift+K");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await card(page, "Conditional", "Ben Okafor")
    .getByRole("list", { name: "Links" })
    .getByText("only if")
    .waitFor();
});

test("[QCK-16, QCK-19, QCK-20] a card reads dates, completes names and takes digits for options", async () => {
  await owner.mark(article, [
    { tags: ["binding"], words: "to establish a coordination unit", fields: { actor: ["European Union"] } },
  ]);
  const open = card(page, "Conditional", "Ben Okafor");
  await open.getByRole("button", { name: /^More fields/ }).click();
  const deadline = open.getByRole("textbox", { name: "Deadline" });
  await deadline.fill("by the end of the year");
  await deadline.press("Enter");
  await open.getByText("= by 31 Dec 2026").waitFor();
  const actor = open
    .getByRole("textbox", { name: "Actor" })
    .or(open.getByRole("combobox", { name: "Actor" }));
  await actor.first().fill("europ");
  await page.getByRole("option", { name: "European Union" }).click();
  await open.getByText("European Union").waitFor();
  await page.keyboard.press("Escape");
  const kinds = open.getByRole("group", { name: "Kind of condition" });
  await kinds.getByRole("checkbox", { name: "Event" }).focus();
  await page.keyboard.press("2");
  await expect.poll(() => kinds.getByRole("checkbox", { name: "Approval" }).isChecked()).toBe(true);
  await are(
    "condition: Following a ceasefire",
    "conditional: the UK and France will establish military hubs across Ukraine",
  );
});

test("[QCK-7, QCK-8] several marks are chosen in the list and changed in one step", async () => {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+Shift+M");
  const list = page.getByRole("region", { name: "All annotations" });
  await list.getByRole("checkbox", { name: /^All marks of mine/ }).check();
  await list.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog", { name: "Change 2 marks" });
  await dialog.getByRole("combobox", { name: "Tag" }).selectOption({ label: "Hedge" });
  await dialog.getByText("1 mark of other people stays untouched.", { exact: false }).waitFor();
  await clean("many marks are changed");
  await dialog.getByRole("button", { name: "Change 2 marks" }).click();
  await are(
    "condition+hedge: Following a ceasefire",
    "conditional+hedge: the UK and France will establish military hubs across Ukraine",
  );
  await clean("marks are chosen");
  await undo();
  await are(
    "condition: Following a ceasefire",
    "conditional: the UK and France will establish military hubs across Ukraine",
  );
  await page.keyboard.press("Escape");
  await page.keyboard.press("l");
});

test("[QCK-14] a mark whose words were typed anew is put on them, and only when somebody says so", async () => {
  await editMode(ana.page);
  await select(ana.page, "Following a ceasefire");
  await ana.page.keyboard.press("Delete");
  await ana.page.keyboard.type("After a ceasefire");
  await page.getByText("1 mark without words").waitFor(slowly);
  const tray = page.getByRole("list", { name: "Marks without words" });
  if (!(await tray.isVisible())) await page.getByText("1 mark without words").click();
  await tray.getByRole("button", { name: /Condition/ }).click();
  const places = page.getByRole("list", { name: "Places that read like its words" });
  await places.getByText("% alike").first().waitFor();
  await clean("places are offered");
  await expect.poll(bens, slowly).toContain("condition: ");
  await places.getByRole("button", { name: "Put it here" }).first().click();
  await expect.poll(bens, slowly).toContainEqual(expect.stringMatching(/^condition: .*ceasefire/));
  await undo();
  await expect.poll(bens, slowly).toContain("condition: ");
  await tray
    .getByRole("button", { name: /Condition/ })
    .first()
    .waitFor();
  await select(page, "After a ceasefire");
  await page.keyboard.press("Alt+Shift+R");
  await expect.poll(bens, slowly).toContain("condition: After a ceasefire");
});

test("[QCK-21] drawing inside of selected words selects anew", async () => {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await select(page, "maritime domains");
  const { start, end } = await find(page, "maritime");
  await page.mouse.move(start.x + 1, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe("maritime");
});

test("[WRK-8] two quick clicks reach two marks that lie on each other", async () => {
  await page.keyboard.press("Escape");
  await mark(page, "legally binding guarantees activated", "b");
  await mark(page, "binding guarantees", "h");
  await caretAfter(page, "contingent on a viable");
  await page.keyboard.press("Escape");
  const { end } = await find(page, "legally binding guar");
  await page.mouse.dblclick(end.x, end.y);
  await card(page, "Binding", "Ben Okafor").getByRole("button", { name: "Close this card" }).waitFor();
});

test("[WRK-6] the end of a mark goes on into the next paragraph by keys", async () => {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await mark(page, "any future truce with Russia", "t");
  await page.keyboard.press("Alt+ArrowRight");
  await expect
    .poll(bens, slowly)
    .toContainEqual(expect.stringMatching(/any future truce with Russia.*French$/s));
  await page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(bens, slowly).toContain("condition: any future truce with Russia");
});

test("[QCK-1] on a phone the locked tag is in sight and nothing is wider than the screen", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.keyboard.press("Escape");
  await page.keyboard.press("q");
  await page.keyboard.press("b");
  await page.getByRole("region", { name: "One tag for every selection" }).waitFor();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await clean("a tag is locked on a phone");
});
