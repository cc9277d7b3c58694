import { describe, expect, test, vi } from "vitest";
import type { matchTexts } from "#shared/anchor/match-text.ts";
import { project } from "./alphabet.ts";
import { emptyTally, fuzz, SETTINGS } from "./fuzz.ts";

// The characters of a run are all different; text is compared as its readers see it.
vi.mock("#shared/anchor/match-text.ts", async (original) => {
  const real = await original<{ matchTexts: typeof matchTexts }>();
  return {
    matchTexts: (from: readonly string[], to: readonly string[]) =>
      real.matchTexts(from.map(project), to.map(project)),
  };
});

const RUNS = Number(process.env["ANCHOR_RUNS"] ?? 10);
const EDITS = Number(process.env["ANCHOR_EDITS"] ?? 60);
const SEED = Number(process.env["ANCHOR_SEED"] ?? 1);

describe("random edits by three peers", () => {
  for (const setting of SETTINGS) {
    test(`[ANC-20] anchors stay on their characters: ${setting.name}`, { timeout: 3_600_000 }, () => {
      const tally = emptyTally();
      for (let i = 0; i < RUNS; i++) fuzz(setting, SEED * 1000 + i, { edits: EDITS, tally });
      if (process.env["ANCHOR_RUNS"]) process.stdout.write(`${setting.name}: ${JSON.stringify(tally)}\n`);
      expect(tally.problems).toEqual([]);
      expect(tally.marks).toBeGreaterThan(RUNS * 10);
      expect({ wrong: tally.wrong, disagree: tally.disagree, notFresh: tally.notFresh }).toEqual({
        wrong: 0,
        disagree: 0,
        notFresh: 0,
      });
      const share = tally.correct / tally.marks;
      expect(share).toBeGreaterThanOrEqual(setting.mode === "turns" ? 1 : 0.999);
      if (setting.mode === "turns" && !setting.undo) expect(tally.broken).toBe(0);
    });
  }
});
