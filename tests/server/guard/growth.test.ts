import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Room } from "#shared/doc/rooms.ts";
import { checkUpdate, type Verdict } from "../../../server/sync/guard/guard.ts";
import { GUARD_LIMITS, type GuardLimits } from "../../../server/sync/guard/limits.ts";
import { OwnerTable } from "../../../server/sync/guard/owners.ts";

/** A room and one writer; `write` sends each change through the guard. */
class Desk {
  readonly server = new Y.Doc();
  readonly writer = new Y.Doc();
  readonly verdicts: Verdict[] = [];

  constructor(kind: Room["kind"], limits: Partial<GuardLimits>) {
    const owners = new OwnerTable(new Map([[this.writer.clientID, "ada"]]));
    const context = {
      doc: this.server,
      roomKind: kind,
      user: "ada",
      owners,
      limits: { ...GUARD_LIMITS, ...limits },
    };
    this.writer.on("update", (update: Uint8Array) => {
      const verdict = checkUpdate(update, context);
      this.verdicts.push(verdict);
      if (verdict.kind === "accept") Y.applyUpdate(this.server, verdict.update);
    });
  }

  /** The refusal of the last change, or null. */
  get refusal(): string | null {
    const last = this.verdicts.at(-1);
    return last?.kind === "refuse" ? last.code : null;
  }
}

function textOf(desk: Desk): Y.XmlText {
  const text = new Y.XmlText();
  const paragraph = new Y.XmlElement("paragraph");
  desk.writer.getXmlFragment("prosemirror").insert(0, [paragraph]);
  paragraph.insert(0, [text]);
  return text;
}

test("[GRD-12] the text of an article grows to its limit and not beyond", () => {
  const desk = new Desk("text", { textUnits: 1_000 });
  const text = textOf(desk);
  for (let count = 0; count < 100; count += 1) {
    text.insert(0, "0123456789");
    expect(desk.refusal).toBeNull();
  }
  text.insert(0, "x");
  expect(desk.refusal).toBe("text-full");
});

test("[GRD-12] deleting text makes room again", () => {
  const desk = new Desk("text", { textUnits: 100 });
  const text = textOf(desk);
  for (let count = 0; count < 50; count += 1) {
    text.insert(0, "x".repeat(80));
    text.delete(0, 80);
    expect(desk.refusal).toBeNull();
  }
});

test("[GRD-12] a layer takes so many annotations and no more; changing them stays possible", () => {
  const desk = new Desk("layer", { annotations: 20 });
  const annotations = desk.writer.getMap("annotations");
  for (let count = 0; count < 20; count += 1) annotations.set(`a${count}`, { id: count });
  for (let count = 0; count < 200; count += 1) annotations.set(`a${count % 20}`, { id: count, again: true });
  expect(desk.refusal).toBeNull();
  annotations.delete("a3");
  annotations.set("a20", {});
  expect(desk.refusal).toBeNull();
  annotations.set("a21", {});
  expect(desk.refusal).toBe("layer-full");
});

test("[GRD-12] a deleted annotation that comes back counts again", () => {
  const desk = new Desk("layer", { annotations: 20 });
  const annotations = desk.writer.getMap("annotations");
  for (let count = 0; count < 20; count += 1) annotations.set(`a${count}`, {});
  for (let count = 0; count < 20; count += 1) annotations.delete(`a${count}`);
  for (let count = 0; count < 20; count += 1) annotations.set(`b${count}`, {});
  expect(desk.refusal).toBeNull();
  annotations.set("a0", {});
  expect(desk.refusal).toBe("layer-full");
});

test("[GRD-12] what the server writes itself counts as well", () => {
  const desk = new Desk("layer", { annotations: 20 });
  desk.writer.getMap("annotations").set("mine", {});
  desk.server.transact(() => {
    for (let count = 0; count < 30; count += 1)
      desk.server.getMap("annotations").set(`a${count}`, { text: "x".repeat(40) });
  });
  desk.writer.getMap("annotations").set("one more", {});
  expect(desk.refusal).toBe("layer-full");
});

test("[GRD-12] changes that are applied together count one by one", () => {
  const desk = new Desk("text", { textUnits: 1_000 });
  const text = textOf(desk);
  desk.server.transact(() => {
    for (let count = 0; count < 30; count += 1) text.insert(0, "x".repeat(50));
  });
  const typed = desk.verdicts.slice(2);
  expect(typed.filter((verdict) => verdict.kind === "accept")).toHaveLength(20);
  expect(typed[20]).toMatchObject({ code: "text-full" });
});

test("[GRD-12] a whole document grows to its limit and not beyond", () => {
  const desk = new Desk("text", { documentBytes: 20_000 });
  const paragraph = new Y.XmlElement("paragraph");
  desk.writer.getXmlFragment("prosemirror").push([paragraph]);
  let count = 0;
  while (desk.refusal === null && count < 500) {
    paragraph.insert(0, [new Y.XmlText("x".repeat(100))]);
    count += 1;
  }
  expect(desk.refusal).toBe("document-full");
  const bytes = Y.encodeStateAsUpdate(desk.server).length;
  expect(bytes).toBeGreaterThan(19_000);
  expect(bytes).toBeLessThanOrEqual(20_000);
});
