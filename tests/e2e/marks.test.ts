import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, type Person } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";
import {
  articleText,
  card,
  caretAfter,
  editMode,
  find,
  mark,
  marked,
  saved,
  select,
  SENTENCE,
  storedMarks,
  tagBar,
  text,
} from "./steps.ts";
import { guestOf, type Member, ownerOf, seedArticle } from "./team.ts";

/** What becomes of marks while people change them, change the text under them, and come and go. */
let product: Product;
let browser: Browser;
let owner: Member;
let editor: Member;
let ana: Person;
let ben: Person;
let article = "";

const within = { timeout: 2_000 };
const slowly = { timeout: 10_000 };

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
  owner = await ownerOf(product);
  editor = await guestOf(product, owner, "Ben Okafor", "editor");
  article = await seedArticle(owner);
  ana = await owner.browse(browser);
  ben = await editor.browse(browser);
  await Promise.all([open(ana), open(ben)]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function open({ page }: Person): Promise<void> {
  await page.goto(`${product.base}/articles/${article}`);
  await text(page).getByText("PARIS, January 7, 2026").waitFor();
}

const annotate = ({ page }: Person) => page.getByText("Annotate", { exact: true }).click();
const undo = (page: Page) => page.keyboard.press("Control+z");
/** The name of the card that is open. */
const chosen = (page: Page) =>
  page
    .locator("[data-region=annotations] [role=comment]", {
      has: page.getByRole("button", { name: "Close this card" }),
    })
    .getAttribute("aria-label");
const wordsOf = async (tag: string) =>
  (await storedMarks(ben.page))
    .filter((one) => one.startsWith(`Ben Okafor: ${tag}: `))
    .map((one) => one.slice(14 + tag.length));

test("[MRK-1] an end of a mark is pulled with the mouse to where it belongs", async () => {
  await mark(ben.page, "we will keep the pressure up", "b");
  await card(ben.page, "Binding", "Ben Okafor").waitFor();
  const { end } = await find(ben.page, "pressure up on Russia");
  const grip = await ben.page.locator("[data-edge=end]").boundingBox();
  if (!grip) throw new Error("there is no handle");
  await ben.page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await ben.page.mouse.down();
  await ben.page.mouse.move(end.x - 20, end.y, { steps: 4 });
  await ben.page.mouse.move(end.x, end.y, { steps: 2 });
  await ben.page.mouse.up();
  await find(ana.page, "pressure up on Russia");
  await expect.poll(() => marked(ana.page), within).toContain("we will keep the pressure up on Russia");
});

test("[MRK-2] the ends move by keys, word by word and character by character", async () => {
  const now = () => wordsOf("binding");
  await ben.page.keyboard.press("Alt+ArrowLeft");
  await expect.poll(now, slowly).toEqual(["we will keep the pressure up on"]);
  await ben.page.keyboard.press("Alt+Shift+ArrowRight");
  await expect.poll(now, slowly).toEqual(["will keep the pressure up on"]);
  await ben.page.keyboard.press("Alt+Shift+ArrowLeft");
  await ben.page.keyboard.press("Alt+ArrowRight");
  await ben.page.keyboard.press("Control+Alt+ArrowLeft");
  await expect.poll(now, slowly).toEqual(["we will keep the pressure up on Russi"]);
  await ben.page.keyboard.press("Control+Alt+ArrowRight");
  await expect.poll(now, slowly).toEqual(["we will keep the pressure up on Russia"]);
});

test("[MRK-3] tags are changed from the card, and everybody sees it", async () => {
  await ben.page.getByRole("button", { name: "Change tags" }).click();
  await ben.page.getByRole("menuitemcheckbox", { name: "Conditional" }).click();
  await card(ana.page, "Binding, Conditional", "Ben Okafor").waitFor(within);
  await ben.page.getByRole("menuitemcheckbox", { name: "Conditional" }).click();
  await ben.page.keyboard.press("Escape");
  await card(ana.page, "Binding", "Ben Okafor").waitFor(within);
});

test("[MRK-4] marks on the same words all show, and clicks on them reach one after the other", async () => {
  await mark(ben.page, "The joint declaration emphasizes long-term support", "i");
  await caretAfter(ben.page, "serving as the primary deterrent");
  await mark(ben.page, "joint declaration emphasizes", "h");
  await mark(ana.page, "The joint declaration", "s");
  await card(ben.page, "Source", "Ana Ruiz").waitFor(within);
  await caretAfter(ben.page, "serving as the primary deterrent");
  const tags = await ben.page.evaluate(() => {
    const words = [...document.querySelectorAll<HTMLElement>(".ProseMirror mark")];
    const over = words.filter((one) => one.textContent?.includes("declaration"));
    return over.map((one) => one.dataset["tag"] ?? "");
  });
  expect(new Set(tags)).toEqual(new Set(["hedge", "intention", "source"]));
  const { end } = await find(ben.page, "The joint declarat");
  const seen: (string | null)[] = [];
  for (let click = 0; click < 3; click += 1) {
    const before = seen.at(-1);
    // A little apart, or two quick clicks are a double click.
    await ben.page.mouse.click(end.x - 14 * click, end.y);
    await expect.poll(() => chosen(ben.page), slowly).not.toBe(before ?? null);
    seen.push(await chosen(ben.page));
  }
  expect(new Set(seen)).toEqual(
    new Set(["Hedge by Ben Okafor", "Intention by Ben Okafor", "Source by Ana Ruiz"]),
  );
});

test("[MRK-5] each action is undone in one step, and done again in one", async () => {
  const state = async () => {
    const { layers } = await editor.call<{
      layers: {
        user: { id: string };
        annotations: { tags: string[]; ranges: { exact: string }[]; fields: Record<string, unknown> }[];
      }[];
    }>("GET", `/articles/${article}/snapshot`);
    const mine = layers.find(({ user }) => user.id === editor.id)?.annotations ?? [];
    const one = mine.find(({ ranges }) => ranges[0]?.exact.startsWith("These could"));
    return one ? `${one.tags.join("+")} ${one.ranges[0]?.exact} ${JSON.stringify(one.fields)}` : "none";
  };
  const is = (wanted: string) => expect.poll(state, slowly).toBe(wanted);
  await mark(ben.page, "These could include military", "i");
  await is("intention These could include military {}");
  await ben.page.keyboard.press("c");
  await is("conditional+intention These could include military {}");
  await ben.page.keyboard.press("Alt+ArrowLeft");
  await is("conditional+intention These could include {}");
  const condition = card(ben.page, "Conditional, Intention", "Ben Okafor").getByRole("textbox", {
    name: "Condition",
  });
  await condition.fill("renewed attacks");
  await condition.press("Enter");
  await is('conditional+intention These could include {"condition":"renewed attacks"}');
  await text(ben.page).focus();
  await undo(ben.page);
  await is("conditional+intention These could include {}");
  await undo(ben.page);
  await is("conditional+intention These could include military {}");
  await undo(ben.page);
  await is("intention These could include military {}");
  await undo(ben.page);
  await is("none");
  await ben.page.keyboard.press("Control+Shift+z");
  await is("intention These could include military {}");
  await undo(ben.page);
  await is("none");
});

test("[MRK-6] a mark whose words are deleted waits, says what it stood on, and is whole again after undo", async () => {
  await editMode(ana.page);
  await select(ana.page, "and we will keep the pressure up on Russia");
  await ana.page.keyboard.press("Delete");
  const tray = ben.page.getByText("1 mark without words");
  await tray.waitFor(within);
  if (!(await ben.page.getByRole("list", { name: "Marks without words" }).isVisible())) await tray.click();
  await ben.page
    .getByRole("list", { name: "Marks without words" })
    .getByText("we will keep the pressure up on Russia")
    .waitFor();
  await undo(ana.page);
  await tray.waitFor({ state: "hidden", ...within });
  await expect.poll(() => marked(ben.page), within).toContain("we will keep the pressure up on Russia");
});

test("[MRK-7] splitting, joining, turning into a heading and moving a paragraph keep its marks", async () => {
  await mark(ben.page, SENTENCE, "b", "c");
  const kept = `Ben Okafor: binding+conditional: ${SENTENCE}`;
  const holds = async () => {
    await expect.poll(() => storedMarks(ana.page), slowly).toContain(kept);
    await expect.poll(async () => (await marked(ben.page)).join(""), slowly).toContain(SENTENCE);
  };
  await holds();
  const { page } = ana;
  await editMode(page);
  await caretAfter(page, "signed alongside Macron and Zelenskyy. ");
  await page.keyboard.press("Enter");
  await holds();
  await page.keyboard.press("Backspace");
  await holds();
  await page.getByRole("combobox", { name: "Kind of paragraph" }).selectOption({ label: "Heading 2" });
  await text(page).getByRole("heading", { level: 2 }).waitFor();
  await holds();
  await page.getByRole("combobox", { name: "Kind of paragraph" }).selectOption({ label: "Text" });
  await holds();
  await ana.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await caretAfter(page, "Starmer detailed");
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+Shift+ArrowDown");
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toContain(SENTENCE);
  await page.keyboard.press("Control+x");
  await expect.poll(() => articleText(page)).not.toContain(SENTENCE);
  await caretAfter(page, "negotiations with Russia.");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+v");
  await expect
    .poll(() => articleText(ben.page), slowly)
    .toMatch(/potential negotiations with Russia\.\s*Starmer detailed/);
  await holds();
  await saved(page).waitFor();
  await ben.page.reload();
  await text(ben.page).getByText("PARIS, January 7, 2026").waitFor();
  await find(ben.page, "Starmer detailed");
  await expect.poll(async () => (await marked(ben.page)).join(""), slowly).toContain(SENTENCE);
});

test("[MRK-8] who follows somebody sees what they see, until they scroll themselves", async () => {
  await annotate(ana);
  await ana.page.evaluate(() => window.scrollTo(0, 0));
  await ben.page.getByRole("button", { name: "Follow Ana Ruiz" }).click();
  await ben.page.getByText("Following Ana Ruiz", { exact: true }).waitFor();
  await caretAfter(ana.page, "This framework underscores");
  const far = () => ben.page.evaluate(() => window.scrollY);
  await expect.poll(far, slowly).toBeGreaterThan(400);
  await ben.page.mouse.move(600, 400);
  await ben.page.mouse.wheel(0, -200);
  await ben.page.getByText("Following Ana Ruiz", { exact: true }).waitFor({ state: "hidden" });
});

test("[MRK-9] who is quiet is not shown in the text", async () => {
  await caretAfter(ana.page, "This framework underscores Europe");
  await find(ben.page, "This framework underscores");
  const carets = ben.page.locator(".gloss-caret", { hasText: "Ana Ruiz" });
  await expect.poll(() => carets.count(), slowly).toBeGreaterThan(0);
  await ana.page.getByRole("button", { name: "Be quiet: hide where I am" }).click();
  await expect.poll(() => carets.count(), within).toBe(0);
  await ana.page.getByRole("button", { name: "Be quiet: hide where I am" }).click();
});

test("[MRK-10] another role takes effect at once, without a reload", async () => {
  const become = (role: string) => owner.call("PATCH", `/members/${editor.id}`, { role });
  await become("viewer");
  await ben.page.getByRole("button", { name: "Read only" }).waitFor(within);
  await select(ben.page, "historic step");
  expect(await tagBar(ben.page).count()).toBe(0);
  await become("annotator");
  await saved(ben.page).waitFor(within);
  expect(await ben.page.getByText("Edit", { exact: true }).count()).toBe(0);
  await select(ben.page, "centrality of U.S. capabilities");
  await tagBar(ben.page).waitFor();
  await become("editor");
  await ben.page.getByText("Edit", { exact: true }).waitFor(within);
});

test("[MRK-11] who is removed is out within a second and told so; their marks stay", async () => {
  expect([...ana.errors, ...ben.errors]).toEqual([]);
  await owner.call("DELETE", `/members/${editor.id}`);
  await ben.page
    .getByText("an owner of this workspace has removed you", { exact: false })
    .waitFor({ timeout: 1_000 });
  await expect(editor.call("GET", "/articles")).rejects.toThrow("401");
  await find(ana.page, SENTENCE);
  await card(ana.page, "Binding, Conditional", "Ben Okafor").waitFor();
});
