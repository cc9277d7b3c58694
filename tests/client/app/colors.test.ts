// @vitest-environment jsdom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { beforeEach, expect, test } from "vitest";
import { colorSchemeManager } from "../../../client/app/color-scheme.ts";
import { PERSON_COLORS } from "../../../client/feature/account/person-colors.ts";
import { inkOn } from "../../../client/ui/person-avatar.tsx";

const client = join(import.meta.dirname, "..", "..", "..", "client");
const tokens = readFileSync(join(client, "ui", "tokens.css"), "utf8");
const before = readFileSync(join(client, "public", "before.js"), "utf8");

/** The colours of one scheme by token name, like "ink" or "accent-soft". */
function colors(scheme: "light" | "dark"): Map<string, string> {
  const block = tokens.split(`:root[data-mantine-color-scheme="${scheme}"] {`)[1]?.split("\n}")[0] ?? "";
  return new Map(
    [...block.matchAll(/--gloss-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name ?? "", hex ?? ""]),
  );
}

function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "paper", "raised", "sunken", "hover"];
const TEXTS = ["ink", "ink-2", "ink-3", "accent", "link", "danger", "good", "warn"];
const PAIRS = [
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-danger", "danger"],
  ["ink", "marker"],
  ["ink", "accent-soft"],
  ["accent", "accent-soft"],
  ["danger", "danger-soft"],
  ["good", "good-soft"],
  ["warn", "warn-soft"],
  ["paper", "ink"],
];

test.each(["light", "dark"] as const)("[UI-13] every text can be read on every ground: %s", (scheme) => {
  const color = colors(scheme);
  const pairs = [...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground])), ...PAIRS];
  expect(pairs.length).toBeGreaterThan(45);
  const poor = pairs.filter(
    ([text = "", ground = ""]) => contrast(color.get(text) ?? "", color.get(ground) ?? "") < 4.5,
  );
  expect(poor).toEqual([]);
});

test.each(["light", "dark"] as const)("[UI-13] fields and the ring of focus can be seen: %s", (scheme) => {
  const color = colors(scheme);
  for (const line of ["line-strong", "focus"]) {
    for (const ground of ["canvas", "paper", "raised"]) {
      expect(
        contrast(color.get(line) ?? "", color.get(ground) ?? ""),
        `${line} on ${ground}`,
      ).toBeGreaterThan(3);
    }
  }
});

test("[UI-13] initials can be read on every colour of a person", () => {
  for (const { value } of PERSON_COLORS) expect(contrast(value, inkOn(value)), value).toBeGreaterThan(4.5);
  expect(inkOn("#ffffff")).toBe("#000000");
  expect(inkOn("#000000")).toBe("#ffffff");
});

function paintFirst(systemIsDark: boolean): string | undefined {
  window.matchMedia = (query) =>
    Object.assign(new EventTarget(), {
      matches: systemIsDark,
      media: query,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
  // The script as the page runs it.
  runInThisContext(before);
  return document.documentElement.dataset["mantineColorScheme"];
}

beforeEach(() => localStorage.clear());

test("[UI-12] the first paint has the colours of the system until somebody chooses", () => {
  expect(paintFirst(true)).toBe("dark");
  expect(paintFirst(false)).toBe("light");
});

test("[UI-12] what was chosen on this device holds from the first paint on", () => {
  colorSchemeManager.set("light");
  expect(paintFirst(true)).toBe("light");
  colorSchemeManager.set("dark");
  expect(paintFirst(false)).toBe("dark");
  colorSchemeManager.set("auto");
  expect(paintFirst(true)).toBe("dark");
  expect(colorSchemeManager.get("light")).toBe("auto");
});

test("[UI-12] the page itself holds no script, only files", () => {
  const page = readFileSync(join(client, "index.html"), "utf8");
  const scripts = [...page.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
  expect(scripts).toHaveLength(2);
  for (const [, attributes, inside] of scripts) {
    expect(attributes).toContain("src=");
    expect(inside).toBe("");
  }
});
