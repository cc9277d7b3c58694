// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from "vitest";
import { articleCommands } from "../../../client/page/article/article-commands.ts";
import { TAKEN_KEYS } from "../../../client/feature/codebook/taken-keys.ts";
import { isSingleKey } from "../../../client/feature/commands/keys.ts";
import { FILL_ALPHA } from "../../../client/editor/palette.ts";
import { FILL_ALPHA as MEASURED } from "#shared/codebook/legibility.ts";
import { FakeSession } from "../fake-session.ts";
import { openStage } from "../workspace/open-stage.tsx";
import { clear } from "../workspace/show.tsx";

beforeEach(() => window.localStorage.clear());
afterEach(clear);

test("[CDB-9] the editor knows every key that an open article uses itself", async () => {
  const { stage, select } = await openStage(new FakeSession("Following a ceasefire, the UK will act."));
  await select(0, 21);
  const letters = articleCommands(stage())
    // What waits for a bare caret never meets a tag; a tag's own keys are no clash.
    .filter(({ id }) => !/^(tag|select)-/.test(id))
    .flatMap(({ keys = [] }) => keys)
    .filter((keys) => isSingleKey(keys) && keys.length === 1);
  for (const key of letters) expect(TAKEN_KEYS.has(key), key).toBe(true);
  const places = articleCommands(stage())
    .filter(({ id }) => id.startsWith("tag-"))
    .flatMap(({ keys = [] }) => keys.filter((key) => /^[1-9]$/.test(key)));
  // Brackets go from heading to heading where there are any.
  const used = new Set([...letters, ...places, "[", "]"]);
  expect([...TAKEN_KEYS.keys()].toSorted()).toEqual([...used].toSorted());
});

test("[CDB-8] fills are measured as the editor paints them", () => {
  expect(MEASURED).toEqual(FILL_ALPHA);
});
