import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { markUp, type Subject } from "./article.ts";
import { openBare } from "./bare.ts";
import { Colleague } from "./colleague.ts";
import { type Figures, filtering, goTo, memory, remote, scrolling, toggling, typing } from "./measures.ts";
import { installProbe } from "./probe.ts";
import { Member, Product } from "./product.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];
const AUTHORS = ["Ben Okafor", "Chiara Rossi", "Dae-jung Kim"];
const VIEWPORT = { width: 1440, height: 900 };
/** Where text and list are on this screen. */
const TEXT_X = 500;
const LIST_X = 1250;
const PATIENCE = 60_000;

type Opened = {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly product: Product;
  readonly people: readonly Member[];
  readonly article: string;
  readonly subject: Subject;
};

/** The pages of an article in a browser that has been there before. */
export class Visit {
  readonly #at: Opened;

  private constructor(at: Opened) {
    this.#at = at;
  }

  /** Makes the article and its marks, and opens it once without measuring. */
  static async begin(subject: Subject): Promise<Visit> {
    const product = await Product.start();
    const browser = await chromium.launch({
      headless: true,
      args: FLAGS,
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    });
    const owner = await Member.owner(product);
    const guests: Member[] = [];
    for (const name of AUTHORS) guests.push(await Member.guest(product, owner, name));
    const people = [owner, ...guests];
    const { id: article } = await owner.call<{ id: string }>("POST", "/articles", {
      title: subject.title,
      format: subject.format,
      content: subject.content,
    });
    await markUp(article, people, subject.marks);
    const context = await newContext(browser, product, owner);
    const visit = new Visit({ browser, context, product, people, article, subject });
    // Afterwards this browser has the article, and the code of the server is warm.
    const page = await visit.#open(context);
    await sleep(4_000);
    await page.close();
    return visit;
  }

  /** Everything that is measured once in a round, on pages of its own. */
  async round(): Promise<Figures> {
    const reading = await this.#open(this.#at.context);
    const opening = await reading.evaluate(() => window.probe.opening);
    await sleep(2_500);
    const client = await this.#at.context.newCDPSession(reading);
    await client.send("Performance.enable");
    const marked = this.#at.subject.marks > 0;
    const toggled = marked ? { ...(await toggling(reading)), ...(await filtering(reading)) } : {};
    const colleague = await Colleague.enter(this.#at.product, this.#person(1), this.#at.article);
    const heard = await remote(reading, colleague);
    colleague.leave();
    await goTo(reading, 0.2);
    const scrolled = await scrolling(reading, client, { name: "scroll", x: TEXT_X });
    await goTo(reading, 0.5);
    const memories = await memory(this.#at.browser, client);
    await reading.close();
    const typed = await this.#typed();
    const list = this.#at.subject.marks > 0 ? await this.#listed() : {};
    const bare = await this.#bare();
    const { data, text, mark } = opening;
    return {
      "first text": text ?? Number.NaN,
      "first text after data": (text ?? Number.NaN) - (data ?? Number.NaN),
      "first mark": mark ?? Number.NaN,
      ...toggled,
      ...heard,
      ...scrolled,
      ...typed,
      ...list,
      ...bare,
      ...memories,
    };
  }

  /** A browser that has never been here, and a server that has just been started. */
  async cold(): Promise<Figures> {
    await this.#at.product.restart();
    const context = await newContext(this.#at.browser, this.#at.product, this.#person(0));
    const page = await this.#open(context);
    const { text } = await page.evaluate(() => window.probe.opening);
    await context.close();
    return { "first text cold": text ?? Number.NaN };
  }

  async end(): Promise<void> {
    await this.#at.browser.close();
    await this.#at.product.close();
  }

  async #typed(): Promise<Figures> {
    const page = await this.#open(this.#at.context, { "gloss.edit": "yes" });
    await sleep(2_500);
    const typed = await typing(page);
    await sleep(1_500);
    await page.close();
    return typed;
  }

  /** The same keys and the same scroll where there is nothing but the text. */
  async #bare(): Promise<Figures> {
    const page = await openBare(this.#at.context, this.#at.subject);
    await sleep(1_000);
    const client = await this.#at.context.newCDPSession(page);
    const typed = await typing(page);
    await goTo(page, 0.2);
    const scrolled = await scrolling(page, client, { name: "scroll", x: TEXT_X });
    await page.close();
    return Object.fromEntries(
      Object.entries({ ...typed, ...scrolled }).map(([name, value]) => [`bare ${name}`, value]),
    );
  }

  /** With the list of all marks beside the text: the text is scrolled, then the list. */
  async #listed(): Promise<Figures> {
    const page = await this.#open(this.#at.context, { "gloss.list": "yes", "gloss.edit": "no" });
    await sleep(2_500);
    const client = await this.#at.context.newCDPSession(page);
    await goTo(page, 0.2);
    const text = await scrolling(page, client, { name: "scroll beside list", x: TEXT_X });
    const list = await scrolling(page, client, { name: "scroll list", x: LIST_X });
    await page.evaluate(() => localStorage.setItem("gloss.list", "no"));
    await page.close();
    return { ...text, ...list };
  }

  async #open(context: BrowserContext, remembered: Readonly<Record<string, string>> = {}): Promise<Page> {
    const page = await context.newPage();
    await page.addInitScript((values) => {
      for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value);
    }, remembered);
    await page.goto(`${this.#at.product.base}/articles/${this.#at.article}`, { waitUntil: "commit" });
    await page.waitForFunction(
      (marked) => {
        const { text, mark } = window.probe.opening;
        return text !== null && !Number.isNaN(text) && (!marked || mark !== null);
      },
      this.#at.subject.marks > 0,
      { timeout: PATIENCE },
    );
    return page;
  }

  #person(at: number): Member {
    const person = this.#at.people[at];
    if (!person) throw new Error("There is nobody.");
    return person;
  }
}

async function newContext(browser: Browser, product: Product, member: Member): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(PATIENCE);
  await context.addCookies(
    member.cookies.map(({ name, value }) => ({ name, value, url: product.base, httpOnly: true })),
  );
  await context.addInitScript(installProbe);
  return context;
}
