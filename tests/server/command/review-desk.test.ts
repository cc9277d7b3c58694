import { expect, test } from "vitest";
import type { Principal } from "../../../server/auth/principal.ts";
import { ReviewDesk, type JudgeAll, type Submission } from "../../../server/command/review-desk.ts";

const who: Principal = {
  id: "rita",
  name: "Rita",
  color: "#112233",
  role: "reviewer",
  via: "token",
  credential: "t",
  expiresAt: null,
};
const submission = (id: string, count = 1): Submission => ({
  who,
  draft: undefined,
  verdicts: Array.from({ length: count }, (_, nth) => ({
    id: `${id}-${nth}`,
    on: { kind: "mark", layer: "ana", annotation: "m" },
    verdict: "accepted",
    reason: null,
    words: "",
    suggestion: null,
    thread: null,
    seen: null,
  })),
});
const answer: JudgeAll = async (all) =>
  all.map(({ verdicts }) =>
    verdicts.map(({ id }) => ({ id, ok: false as const, refusal: "forbidden" as const, sentence: "" })),
  );
const firstIds = (all: readonly Submission[]) => all.map(({ verdicts }) => verdicts[0]?.id);

test("[REV-31] what comes while something is done is judged together after it, each with its own answer", async () => {
  const desk = new ReviewDesk();
  const turns: unknown[] = [];
  const judgeAll: JudgeAll = (all) => {
    turns.push(firstIds(all));
    return answer(all);
  };
  let release = (): void => undefined;
  const busy = desk.act("a", () => new Promise<void>((resolve) => (release = resolve)));
  const given = ["one", "two", "three"].map((id) => desk.submit("a", submission(id), judgeAll));
  const elsewhere = await desk.submit("b", submission("other"), judgeAll);
  expect(elsewhere).toMatchObject([{ id: "other-0" }]);
  release();
  await busy;
  expect((await Promise.all(given)).map(([first]) => first?.id)).toEqual(["one-0", "two-0", "three-0"]);
  expect(turns).toEqual([["other-0"], ["one-0", "two-0", "three-0"]]);
});

test("[REV-31] many verdicts are judged in several turns, in the order they came", async () => {
  const desk = new ReviewDesk();
  const turns: unknown[] = [];
  const judgeAll: JudgeAll = (all) => {
    turns.push(firstIds(all));
    return answer(all);
  };
  const sizes = { a: 150, b: 100, c: 100, d: 500, e: 1 };
  const given = Object.entries(sizes).map(([id, size]) => desk.submit("a", submission(id, size), judgeAll));
  expect((await Promise.all(given)).map(({ length }) => length)).toEqual(Object.values(sizes));
  expect(turns).toEqual([["a-0"], ["b-0", "c-0"], ["d-0"], ["e-0"]]);
});

test("[REV-31] what fails fails for those who asked, and the next are judged", async () => {
  const desk = new ReviewDesk();
  await expect(desk.submit("a", submission("one"), () => Promise.reject(new Error("disk")))).rejects.toThrow(
    "disk",
  );
  await expect(desk.act("a", () => Promise.reject(new Error("other")))).rejects.toThrow("other");
  expect(await desk.submit("a", submission("two"), answer)).toMatchObject([{ id: "two-0" }]);
});
