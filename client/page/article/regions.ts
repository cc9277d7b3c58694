/** F6: the keyboard goes from one region of the page to the next. */

const FOCUSABLE =
  "button:not([disabled]), a[href], input:not([disabled]), textarea, select, summary, [contenteditable], [tabindex='0']";

/** Regions in the order of the page, those that are not shown left out. */
function regions(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.offsetParent !== null || getComputedStyle(region).position === "fixed",
  );
}

/** Leads the focus to the next region (`step` 1) or the one before (-1). Returns its name, or null. */
export function focusRegion(step: 1 | -1, focusText: () => void): string | null {
  const all = regions();
  const at = all.findIndex((region) => region.contains(document.activeElement));
  for (let tried = 1; tried <= all.length; tried += 1) {
    const start = at < 0 && step === -1 ? 0 : at;
    const region = all[(start + step * tried + all.length * 2) % all.length];
    if (region?.dataset["region"] === "text") {
      focusText();
      return "text";
    }
    const stop = region?.querySelector<HTMLElement>(FOCUSABLE);
    if (!region || !stop) continue;
    stop.focus();
    return region.getAttribute("aria-label") ?? region.dataset["region"] ?? null;
  }
  return null;
}
