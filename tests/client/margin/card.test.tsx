// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { Card } from "../../../client/feature/margin/card.tsx";
import { groupEqual } from "../../../client/feature/margin/group.ts";
import { useReadable } from "../../../client/session/use-readable.ts";
import { ben, FakeSession, placedMark } from "../fake-session.ts";
import { all, clear, click, fakeDesk, key, one, show, type, WithDesk } from "../workspace/show.tsx";

const TEXT = "Following a ceasefire, the UK and France will establish military hubs.";

afterEach(clear);

async function scene(session: FakeSession, wish: "fields" | "card" | null = null) {
  const { desk, facts, calls } = fakeDesk(session);
  function Scene() {
    const { placed } = useReadable(session.markup);
    const [group] = groupEqual(placed);
    return group ? (
      <Card
        group={group}
        findings={facts.findingsOf(group.lead)}
        wantsFocus={wish}
        onFocused={() => undefined}
      />
    ) : null;
  }
  await show(
    <WithDesk desk={desk}>
      <Scene />
    </WithDesk>,
  );
  return calls;
}

function conditional(patch = {}) {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(
      TEXT,
      { from: 0, to: 69 },
      { id: "m", tags: ["conditional"], patch: { tags: ["conditional"], ...patch } },
    ),
  );
  return session;
}

const fieldOf = (attribute: string) => one(`[data-field="${attribute}"] :is(textarea, input)`);
const fieldsOf = (session: FakeSession) => session.markup.get().placed[0]?.annotation.fields;

test("[CDB-2] a conditional mark without its condition asks for it and is made complete by typing it", async () => {
  const session = conditional();
  await scene(session, "fields");
  expect(document.body.textContent).toContain("What has to happen first? Add the condition.");
  expect(document.activeElement).toBe(fieldOf("condition"));
  await type(fieldOf("condition"), "a ceasefire");
  await key(fieldOf("condition"), "Enter");
  expect(fieldsOf(session)).toEqual({ condition: "a ceasefire" });
  expect(document.body.textContent).not.toContain("What has to happen first?");
});

test("[WRK-13] quick fields come first, the others behind a button that says how many are filled", async () => {
  await scene(conditional({ fields: { strength: "legal", condition: "x" } }));
  expect(all("[data-field]").map((field) => field.dataset["field"])).toEqual([
    "actor",
    "condition",
    "source",
  ]);
  await click("button", "More fields · 1 filled");
  expect(all("[data-field]").length).toBeGreaterThan(8);
});

test("[WRK-13] Escape in a field takes back what was typed, and outside of one leaves the card", async () => {
  const session = conditional();
  const calls = await scene(session);
  await type(fieldOf("condition"), "half a thou");
  await key(fieldOf("condition"), "Escape");
  expect(fieldsOf(session)).toEqual({});
  expect((fieldOf("condition") as HTMLTextAreaElement).value).toBe("");
  expect(calls).not.toContain("leave");
  await key(fieldOf("condition"), "Escape");
  expect(calls).toContain("leave");
});

test("[WRK-13] a choice is made by click or by its digit and taken back by choosing it again", async () => {
  const session = conditional();
  await scene(session);
  await click("label", "Reported speech");
  expect(fieldsOf(session)).toEqual({ source: "reported" });
  await key(fieldOf("source"), "1");
  expect(fieldsOf(session)).toEqual({ source: "direct-quote" });
  await key(fieldOf("source"), "1");
  expect(fieldsOf(session)).toEqual({});
});

test("[WRK-14] a field that takes words has a way to pick them from the text", async () => {
  const calls = await scene(conditional());
  await click("button", "Pick condition from the text");
  expect(calls).toContain("pick condition");
  expect(all("[data-field=source] button")).toEqual([]);
});

test("[CDB-5] the meaning of a tag is one click away", async () => {
  const calls = await scene(conditional());
  await click("button", "Conditional: what does it mean?");
  expect(calls).toContain("explain conditional");
});

test("[WRK-21] others' cards can be read and not changed; the same mark can be made", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark(
      TEXT,
      { from: 0, to: 69 },
      { id: "b", author: ben, patch: { fields: { actor: ["UK"] }, note: "look" } },
    ),
  );
  const calls = await scene(session);
  expect(all("textarea, input")).toEqual([]);
  expect(all("button", "Delete")).toEqual([]);
  expect(document.body.textContent).toContain("ActorUK");
  expect(document.body.textContent).toContain("Notelook");
  await click("button", "Mark it too");
  expect(calls).toContain("markToo");
});

test("[WRK-21] who may not annotate sees even their own mark to read", async () => {
  const session = conditional();
  session.canAnnotate.set(false);
  await scene(session);
  expect(all("textarea, input, [aria-label='Change tags']")).toEqual([]);
});

test("[WRK-12] equal marks show all their people on one card, mine to change and theirs to read", async () => {
  const session = conditional({ fields: { condition: "mine" } });
  session.put(
    placedMark(
      TEXT,
      { from: 0, to: 69 },
      { id: "b", author: ben, patch: { tags: ["conditional"], fields: { condition: "his" } } },
    ),
  );
  await scene(session);
  expect(all("[role=comment]")).toHaveLength(1);
  expect(one("[role=comment]").getAttribute("aria-label")).toBe("Conditional by Ana and Ben");
  expect((fieldOf("condition") as HTMLTextAreaElement).value).toBe("mine");
  expect(one("details").textContent).toContain("his");
  expect(all("button", "Mark it too")).toEqual([]);
});

test("[WRK-9] words that changed show as before and after, words that are gone as what they were", async () => {
  const session = new FakeSession(TEXT);
  session.put(
    placedMark("we will act now", { from: 0, to: 15 }, { id: "m", state: "edited", quote: "we will act" }),
  );
  await scene(session);
  expect(document.body.textContent).toContain("Text was added inside.");
  expect(one("ins").textContent).toContain("now");
  await clear();
  const gone = new FakeSession(TEXT);
  gone.put(placedMark(TEXT, [], { id: "m", quote: "old words" }));
  await scene(gone);
  expect(document.body.textContent).toContain("Its words are gone from the text.");
  expect(one("del").textContent).toBe("old words");
});

test("[WRK-15] a link is made from the list, shows, and can be taken away", async () => {
  const session = conditional({ fields: { condition: "x" } });
  session.put(placedMark(TEXT, { from: 23, to: 40 }, { id: "a", tags: ["actor"] }));
  await scene(session);
  const select = one("[aria-label='Link with another mark of this person']");
  await act(async () => select.click());
  await click("[role=option]", "the UK and France");
  expect(session.markup.get().placed[0]?.annotation.links).toEqual([{ type: "has-actor", to: "a" }]);
  expect(one("[aria-label=Links]").textContent).toContain("done by");
  await click("button", "Remove the link done by");
  expect(session.markup.get().placed[0]?.annotation.links).toEqual([]);
});

test("[WRK-32] deleting takes the mark away in one step that undo takes back", async () => {
  const session = conditional();
  await scene(session);
  await click("button", "Delete");
  expect(session.markup.get().placed).toEqual([]);
  await act(async () => session.undo());
  expect(session.markup.get().placed).toHaveLength(1);
});
