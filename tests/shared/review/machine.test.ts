import fc from "fast-check";
import { expect, test } from "vitest";
import { ROLES, type Role } from "#shared/model/role.ts";
import {
  act,
  ACTS,
  ANSWERING,
  JUDGING,
  lineOf,
  OPEN_LINE,
  STATES,
  type Act,
  type Circumstances,
  type Line,
  type State,
} from "#shared/review/machine.ts";
import { REFUSAL_CODES, refusal } from "#shared/review/refusals.ts";
import { markOf, settings, somebody, verdictOn } from "./samples.ts";
import { actRows, cells, roleRows, states } from "./spec-tables.ts";

/** The line as it is in each state when nothing else has happened to it. */
const lineIn = (state: State): Line => ({ state, answered: state === "applied", changed: false });
const isAnswer = (what: Act) => ANSWERING.some((one) => one === what);

/** Rita judges Ana's markup; Ana answers. */
function circumstances(what: Act, role: Role, change: Partial<Circumstances> = {}): Circumstances {
  return {
    who: somebody(isAnswer(what) ? "ana" : "rita", role),
    author: "ana",
    reviewer: "rita",
    archived: false,
    settings: settings(),
    ...change,
  };
}

test("[REV-1] the documented tables name every act and every state once", () => {
  expect(states).toEqual([...STATES]);
  expect(actRows.map(([what]) => what)).toEqual([...ACTS]);
  expect(roleRows.map(([what]) => what)).toEqual([...ACTS]);
});

test.each(cells)("[REV-1] $role, $what, when it is $state: $becomes", ({ what, state, role, becomes }) => {
  const outcome = act(lineIn(state), what, circumstances(what, role));
  expect(outcome.ok ? outcome.state : outcome.refusal.code).toBe(becomes);
});

test.each(REFUSAL_CODES)("[REV-1] %s is told in a sentence", (code) => {
  expect(refusal(code).sentence).toMatch(/^[A-Z][^]*[.]$/);
});

test("[REV-1] nobody signed in may do anything", () => {
  for (const what of ACTS) {
    const outcome = act(lineIn("suggested"), what, circumstances(what, "owner", { who: null }));
    expect(outcome).toMatchObject({ ok: false, refusal: { code: "forbidden" } });
  }
});

const anyLine = fc.record({
  state: fc.constantFrom(...STATES),
  answered: fc.boolean(),
  changed: fc.boolean(),
});
const anyCircumstances = fc.record({
  who: fc.record({ id: fc.constantFrom("ana", "rita", "rolf"), role: fc.constantFrom(...ROLES) }),
  author: fc.constantFrom("ana", "rita", null),
  reviewer: fc.constantFrom("rita", "ana"),
  archived: fc.boolean(),
  settings: fc.record({
    approvals: fc.constantFrom(1 as const, 2 as const),
    ownMarks: fc.boolean(),
    publish: fc.constantFrom("at-once" as const, "on-finish" as const),
  }),
});
const anyAct = fc.constantFrom(...ACTS);
const allowed = (line: Line, what: Act, given: Circumstances) => act(line, what, given).ok;

test("[REV-2] nobody judges their own markup unless the workspace allows it", () => {
  fc.assert(
    fc.property(anyLine, anyAct, anyCircumstances, (line, what, given) => {
      const own = given.who.id === given.author && what !== "read";
      const judges = JUDGING.some((one) => one === what) || what === "reopen";
      if (!judges || !own || given.settings.ownMarks) return;
      expect(allowed(line, what, given)).toBe(false);
    }),
  );
  const own = circumstances("accept", "owner", { author: "rita" });
  expect(act(OPEN_LINE, "accept", own)).toMatchObject({ refusal: { code: "own-mark" } });
  expect(act(OPEN_LINE, "read", own)).toEqual({ ok: true, state: "read" });
  const may = { ...own, settings: settings({ ownMarks: true }) };
  expect(act(OPEN_LINE, "accept", may)).toEqual({ ok: true, state: "accepted" });
});

test("[REV-3] only the author of the markup applies, answers or keeps", () => {
  fc.assert(
    fc.property(anyLine, fc.constantFrom(...ANSWERING), anyCircumstances, (line, what, given) => {
      if (given.who.id === given.author) return;
      expect(allowed(line, what, given)).toBe(false);
    }),
  );
  const outcome = act(
    lineIn("suggested"),
    "apply",
    circumstances("apply", "owner", { who: somebody("rolf", "owner") }),
  );
  expect(outcome).toMatchObject({ ok: false, refusal: { code: "not-author" } });
});

test("[REV-4] nobody gives or takes back a verdict in another's name", () => {
  fc.assert(
    fc.property(anyLine, anyAct, anyCircumstances, (line, what, given) => {
      const foreign = given.who.id !== given.reviewer && what !== "reopen" && !isAnswer(what);
      if (foreign) expect(allowed(line, what, given)).toBe(false);
    }),
  );
  const outcome = act(
    lineIn("rejected"),
    "withdraw",
    circumstances("withdraw", "owner", { who: somebody("rolf", "owner") }),
  );
  expect(outcome).toMatchObject({ refusal: { code: "not-yours" } });
});

test("[REV-4] what the author has answered is not taken back, but reopened by its reviewer or another", () => {
  const answered: Line = { state: "discussed", answered: true, changed: false };
  expect(act(answered, "withdraw", circumstances("withdraw", "reviewer"))).toMatchObject({
    refusal: { code: "answered" },
  });
  expect(act(answered, "answer", circumstances("answer", "annotator"))).toMatchObject({
    refusal: { code: "answered" },
  });
  for (const who of [somebody("rita"), somebody("rolf")]) {
    expect(act(answered, "reopen", circumstances("reopen", "reviewer", { who }))).toEqual({
      ok: true,
      state: "reopened",
    });
  }
});

test("[REV-5] in an archived article every act is refused", () => {
  fc.assert(
    fc.property(anyLine, anyAct, anyCircumstances, (line, what, given) => {
      expect(allowed(line, what, { ...given, archived: true })).toBe(false);
    }),
  );
  for (const what of ACTS) {
    const state = isAnswer(what) ? "suggested" : "rejected";
    const outcome = act(lineIn(state), what, circumstances(what, "owner", { archived: true }));
    expect(outcome).toMatchObject({ refusal: { code: "archived" } });
  }
});

test("[REV-6] what stands like this already can be said again once it has changed", () => {
  for (const [what, state] of [
    ["accept", "accepted"],
    ["accept", "applied"],
    ["defer", "deferred"],
    ["complete", "accepted"],
    ["read", "read"],
    ["read", "accepted"],
  ] as const) {
    const line = lineIn(state);
    expect(act(line, what, circumstances(what, "reviewer"))).toMatchObject({
      refusal: { code: "already-so" },
    });
    expect(act({ ...line, changed: true }, what, circumstances(what, "reviewer")).ok).toBe(true);
  }
});

test("[REV-1] an act leads to the same state from wherever it is allowed, and nothing leads to superseded", () => {
  fc.assert(
    fc.property(anyAct, fc.array(fc.tuple(anyLine, anyCircumstances), { maxLength: 30 }), (what, tries) => {
      const states = tries.flatMap(([line, given]) => {
        const outcome = act(line, what, given);
        return outcome.ok ? [outcome.state] : [];
      });
      expect(new Set(states).size).toBeLessThanOrEqual(1);
      expect(states).not.toContain("superseded");
    }),
  );
});

test("[REV-1] a superseded verdict takes no act at all", () => {
  fc.assert(
    fc.property(anyLine, anyAct, anyCircumstances, (line, what, given) => {
      expect(allowed({ ...line, state: "superseded" }, what, given)).toBe(false);
    }),
  );
});

test("[REV-1] a record is in the state that its acts lead to", () => {
  const mark = markOf();
  const at = 1;
  expect(lineOf(null, true)).toEqual(OPEN_LINE);
  for (const verdict of ["accepted", "rejected", "suggested", "discussed", "deferred"] as const) {
    expect(lineOf(verdictOn(mark, { verdict }), false)).toEqual({
      state: verdict,
      answered: false,
      changed: false,
    });
  }
  expect(lineOf(verdictOn(mark, { verdict: "complete" }), false).state).toBe("accepted");
  expect(lineOf(verdictOn(mark, { verdict: "missing" }), false).state).toBe("suggested");
  expect(lineOf(verdictOn(mark, { verdict: "read" }), false).state).toBe("read");
  const answers = { applied: "applied", answered: "discussed", kept: "reopened" } as const;
  for (const [done, state] of Object.entries(answers)) {
    const answer = { act: done as keyof typeof answers, words: "", at, hash: null, judged: null };
    expect(lineOf(verdictOn(mark, { verdict: "suggested", answer }), false)).toMatchObject({
      state,
      answered: true,
    });
    const reopened = { by: "rolf", words: "", at };
    expect(lineOf(verdictOn(mark, { verdict: "suggested", answer, reopened }), false).state).toBe("reopened");
  }
});
