import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

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

/** Launches the Chromium that `npm test` found or installed. */
export function launchBrowser(): Promise<Browser> {
  const path = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({
    headless: true,
    args: FLAGS,
    ...(existsSync(path) ? { executablePath: path } : {}),
  });
}

export type Person = { readonly context: BrowserContext; readonly page: Page; readonly errors: string[] };

/** One person at their own browser. Page errors and console errors are collected in `errors`. */
export async function newPerson(
  browser: Browser,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(25_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  return { context, page, errors };
}
