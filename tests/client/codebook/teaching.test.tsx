// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { DeskContext } from "../../../client/feature/margin/actions.ts";
import { FindingList } from "../../../client/feature/margin/finding-list.tsx";
import { codebook, FakeSession, placedMark } from "../fake-session.ts";
import { articleCommands } from "../../../client/page/article/article-commands.ts";
import { openStage } from "../workspace/open-stage.tsx";
import { clear, click, fakeDesk, show, shown } from "../workspace/show.tsx";

const TEXT = "Following a ceasefire, the UK will act.";
afterEach(clear);

test("[CDB-22] beside a mark that a check complains about stands the rule that says why, and leads to it", async () => {
  const session = new FakeSession(TEXT);
  const mark = placedMark(TEXT, { from: 0, to: 20 }, { id: "m", mine: true, tags: ["conditional"] });
  session.markup.set({ version: 1, placed: [mark], byKey: new Map([[mark.key, mark]]), unreadable: 0 });
  const { desk, facts, calls } = fakeDesk(session);
  await show(
    <DeskContext value={desk}>
      <FindingList findings={facts.findingsOf(mark)} />
    </DeskContext>,
  );
  const rule = codebook.rules.find(({ n }) => n === 5);
  expect(shown()).toContain("What has to happen first?");
  expect(shown()).toContain(rule?.text);
  await click("button", `Rule 5: ${rule?.title}`);
  expect(calls).toEqual(["rule 5"]);
});

test.each([
  ["owner", true],
  ["reviewer", false],
] as const)("[CDB-20] words can be sent as an example: %s %s", async (role, may) => {
  const { stage, select } = await openStage(new FakeSession(TEXT, { role }));
  const command = () => articleCommands(stage()).find(({ id }) => id === "example");
  expect(command()?.when?.()).toBe(false);
  await select(0, 21);
  expect(command()?.when?.()).toBe(may);
  expect(stage().desk.actions.example !== null).toBe(may);
  if (may) {
    command()?.run();
    await select(0, 21);
    expect(stage().quick.dialog).toMatchObject({ kind: "example", quote: "Following a ceasefire" });
  }
});
