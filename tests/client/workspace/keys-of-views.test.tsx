// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { clashes } from "../../../client/feature/commands/key-choice.ts";
import { articleCommands } from "../../../client/page/article/article-commands.ts";
import { FakeSession } from "../fake-session.ts";
import { openStage } from "./open-stage.tsx";
import { clear } from "./show.tsx";

afterEach(clear);

test("[VIEW-12] the keys of views that are possible at any time are nobody else's", async () => {
  const { stage } = await openStage(new FakeSession("Some text."));
  const commands = articleCommands(stage());
  for (const id of ["minimap", "context", "list", "palette", "keys", "describe"]) {
    const keys = commands.find((command) => command.id === id)?.keys ?? [];
    expect(keys.length, id).toBeGreaterThan(0);
    for (const one of keys)
      expect(
        clashes(commands, id, one).map((other) => other.id),
        one,
      ).toEqual([]);
  }
});
