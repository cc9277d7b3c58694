import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { codebookRef, type Codebook } from "#shared/model/codebook.ts";
import { settle } from "./fake-server.ts";
import { codebook, leaveAll, REVIEW_ROOM, serve, visit } from "./ground.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  leaveAll();
  vi.useRealTimers();
});

const next: Codebook = { ...codebook, version: "2.0.0" };

test("[CDB-19] a session hears of the codebook in force, and marks made from then on name it", async () => {
  const server = serve("We will cut emissions.");
  const { session } = visit(server, "ana", "annotator");
  await settle();
  const named: (string | null)[] = [];
  session.codebookNamed.subscribe(() => named.push(session.codebookNamed.get()));
  const before = session.createMark([{ from: 1, to: 3 }], ["actor"]);
  server.doc(REVIEW_ROOM).getMap("article").set("codebook", codebookRef(next));
  await settle();
  expect(named).toEqual(["commitments@2.0.0"]);

  const told = vi.fn();
  session.codebookNow.subscribe(told);
  session.setCodebook(next);
  session.setCodebook({ ...next });
  expect(told).toHaveBeenCalledTimes(1);
  expect(session.codebook).toBe(next);
  const after = session.createMark([{ from: 4, to: 8 }], ["binding"]);
  const madeUnder = (id: string | null) => session.markup.get().byKey.get(`ana/${id}`)?.annotation.codebook;
  expect(madeUnder(before)).toBe(codebookRef(codebook));
  expect(madeUnder(after)).toBe("commitments@2.0.0");
});
