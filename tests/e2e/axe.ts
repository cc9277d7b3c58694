import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Rules whose answer depends on the colours in force. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong on the page as it stands, one line for each place. `colours`: nothing else. */
export async function violations(page: Page, colours = false): Promise<string[]> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (;;) {
      // Another colour scheme is taken up in one frame, and what fades to it begins in the next.
      await frame();
      await frame();
      // What is folded away or out of sight does not move, and so never ends.
      const moving = document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === "running" &&
            effect instanceof KeyframeEffect &&
            effect.target?.checkVisibility({ contentVisibilityAuto: true }) === true,
        );
      if (moving.length === 0) return;
      await Promise.all(moving.map((animation) => animation.finished.catch(() => undefined)));
    }
  });
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations: found } = await (colours ? axe.withRules(COLOUR_RULES) : axe).analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any, all }) => {
      const why = [...any, ...all].map(({ message }) => message).join("; ");
      return `${id}: ${help} at ${target.join(" ")} (${why})`;
    }),
  );
}

/** What makes the page wider than its window, by tag, name and edges; empty when nothing does. */
export function stickingOut(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const found = [...document.querySelectorAll("body *")].flatMap((element) => {
      const { left, right } = element.getBoundingClientRect();
      if (right <= clientWidth) return [];
      const name = element.getAttribute("aria-label") ?? element.getAttribute("role") ?? element.className;
      return [`${element.tagName} ${name} ${Math.round(left)} to ${Math.round(right)}`];
    });
    return found.length > 0 ? found : [`by ${scrollWidth - clientWidth} pixels`];
  });
}

/** By how many pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
