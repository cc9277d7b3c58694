import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { checkUpdate } from "../../../server/sync/guard/guard.ts";
import { REFUSALS } from "../../../server/sync/guard/refusals.ts";
import { ATTACKS, type Attack } from "../../attack/corpus.ts";
import { CLIENT, world, type World } from "../../attack/world.ts";

function fingerprint(doc: Y.Doc): object {
  return {
    state: Buffer.from(Y.encodeStateAsUpdate(doc)).toString("hex"),
    roots: [...doc.share.keys()],
    pending: [doc.store.pendingStructs, doc.store.pendingDs],
    client: doc.clientID,
  };
}

/** All that Mallory must not change: whose clocks stand where, and what the others wrote. */
function others(doc: Y.Doc): object {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].filter(([id]) => id !== CLIENT.mallory);
  const blocks = doc.getXmlFragment("prosemirror").toArray().map(String);
  return {
    clocks: clocks.toSorted(([a], [b]) => a - b),
    blocks: blocks.slice(0, 2),
    roots: [...doc.share.keys()],
  };
}

function checked(attack: Attack): { place: World; verdict: ReturnType<typeof checkUpdate> } {
  const place = world(attack.room);
  const context = { ...place.context, readOnly: attack.readOnly === true };
  return { place, verdict: checkUpdate(attack.update, context) };
}

describe("an attack leaves no trace", () => {
  test.each(ATTACKS)("[GRD-1] $title: $expect", (attack) => {
    const before = world(attack.room);
    const { place, verdict } = checked(attack);
    expect(fingerprint(place.doc)).toEqual(fingerprint(before.doc));
    if (attack.expect === "missing") expect(verdict).toEqual({ kind: "missing" });
    else if (attack.expect !== "harmless") {
      expect(verdict).toEqual({ kind: "refuse", code: attack.expect, sentence: REFUSALS[attack.expect] });
    } else {
      expect(verdict.kind).toBe("accept");
      if (verdict.kind === "accept" && !verdict.empty) Y.applyUpdate(place.doc, verdict.update);
      expect(others(place.doc)).toEqual(others(before.doc));
      expect([place.doc.store.pendingStructs, place.doc.store.pendingDs]).toEqual([null, null]);
    }
  });
});

test("[GRD-1] every code of the closed list is earned by an attack or by growth", () => {
  const earned = new Set<string>(ATTACKS.map((attack) => attack.expect));
  const growth = ["text-full", "layer-full", "document-full"];
  expect(Object.keys(REFUSALS).filter((code) => !earned.has(code) && !growth.includes(code))).toEqual([]);
});

test("[GRD-1] the same updates do harm where nothing guards", () => {
  let harmed = 0;
  let tried = 0;
  for (const attack of ATTACKS) {
    // What would only cost memory or time is not run.
    if (/million|of the server|again and again|more |deep|both sides|in a row/.test(attack.title)) continue;
    tried += 1;
    const { doc } = world(attack.room);
    const before = JSON.stringify(fingerprint(doc));
    try {
      Y.applyUpdate(doc, attack.update);
    } catch {
      harmed += 1;
      continue;
    }
    if (JSON.stringify(fingerprint(doc)) !== before) harmed += 1;
  }
  expect(tried).toBeGreaterThan(100);
  expect(harmed).toBeGreaterThan(0.9 * tried);
});
