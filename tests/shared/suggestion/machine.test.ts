import fc from "fast-check";
import { expect, test } from "vitest";
import { can, ROLES, type Role } from "#shared/model/role.ts";
import {
  type Acting,
  CLAIM,
  isUnapplied,
  type Kept,
  stepSuggestion,
  type SuggestionAct,
} from "#shared/suggestion/machine.ts";

const quote = { exact: "will pay", prefix: "", suffix: "" };
const person = (id: string) => ({ id, name: id.toUpperCase(), color: "#123456" });

const made: Kept = {
  id: "s1",
  place: { kind: "over", range: { runs: [[1, 0, 8]], sv: "", quote, hint: 0 } },
  text: "shall pay",
  by: person("ana"),
  at: 1,
  status: "open",
  decided: null,
  claim: null,
  claimedAt: null,
  applied: null,
  version: 1,
};

const acting = (id: string, role: Role, more: Partial<Acting> = {}): Acting => ({
  who: { ...person(id), role },
  archived: false,
  now: 100,
  ...more,
});

/** What every act makes of it, in order. Fails when one is refused. */
function after(...acts: readonly (readonly [SuggestionAct, Acting])[]): Kept {
  return acts.reduce((kept, [act, by]) => {
    const step = stepSuggestion(kept, act, by);
    if (!step.ok) throw new Error(step.refusal);
    return step.next;
  }, made);
}

const refusalOf = (kept: Kept, act: SuggestionAct, by: Acting) => {
  const step = stepSuggestion(kept, act, by);
  return step.ok ? null : step.refusal;
};

const accept = (claim: string): SuggestionAct => ({ kind: "accept", claim });
const reject: SuggestionAct = { kind: "reject", reason: "Not so." };
const withdraw: SuggestionAct = { kind: "withdraw" };
const applied = (claim: string): SuggestionAct => ({ kind: "applied", claim });
const release = (claim: string): SuggestionAct => ({ kind: "release", claim });

const acts = fc.oneof(
  fc.constantFrom("c1", "c2").map(accept),
  fc.constant(reject),
  fc.constant(withdraw),
  fc.constantFrom("c1", "c2").map(applied),
  fc.constantFrom("c1", "c2").map(release),
);
const steps = fc.array(
  fc.record({
    act: acts,
    who: fc.constantFrom("ana", "ben", "eva"),
    role: fc.constantFrom(...ROLES),
    archived: fc.boolean(),
    wait: fc.constantFrom(1, CLAIM / 2, CLAIM),
  }),
  { maxLength: 20 },
);

test("[SUG-3] whatever is tried in whatever order, who may not changes nothing, and what is done stays done", () => {
  fc.assert(
    fc.property(steps, (tried) => {
      let kept = made;
      let now = 1;
      for (const { act, who, role, archived, wait } of tried) {
        now += wait;
        const by = acting(who, role, { archived, now });
        const step = stepSuggestion(kept, act, by);
        const verb = act.kind === "withdraw" ? "comment.write" : "text.write";
        if (!can(by.who, verb, { archived })) expect(step.ok).toBe(false);
        if (!step.ok) continue;
        const { next } = step;
        expect(next.version - kept.version).toBe(next === kept ? 0 : 1);
        if (["rejected", "withdrawn"].includes(kept.status) || kept.applied) expect(next).toBe(kept);
        if (next.applied) expect(next.status).toBe("accepted");
        expect(next.decided === null).toBe(next.status === "open");
        expect(next.claim !== null).toBe(next.status === "accepted");
        if (next.status === "withdrawn" && next !== kept) expect(who).toBe(made.by.id);
        expect([next.place, next.text, next.by, next.at]).toEqual([made.place, made.text, made.by, made.at]);
        kept = next;
      }
    }),
    { numRuns: 300 },
  );
});

test("[SUG-4] of two who accept one wins, and the other is told", () => {
  const claimed = after([accept("c1"), acting("ben", "editor")]);
  expect(claimed).toMatchObject({ status: "accepted", claim: "c1", decided: { by: { id: "ben" } } });
  expect(refusalOf(claimed, accept("c2"), acting("eva", "owner"))).toBe("being-accepted");
  expect(refusalOf(claimed, reject, acting("eva", "owner"))).toBe("being-accepted");
  const again = stepSuggestion(claimed, accept("c1"), acting("ben", "editor"));
  expect(again.ok && again.next).toBe(claimed);
  const done = after([accept("c1"), acting("ben", "editor")], [applied("c1"), acting("ben", "editor")]);
  expect(done.applied).toEqual({ by: person("ben"), at: 100 });
  expect(refusalOf(done, accept("c2"), acting("eva", "owner"))).toBe("decided");
  expect(refusalOf(done, reject, acting("ben", "editor"))).toBe("decided");
});

test("[SUG-5] what was accepted and never made can be made or rejected by somebody else after a while", () => {
  const claimed = after([accept("c1"), acting("ben", "editor")]);
  const later = acting("eva", "editor", { now: 100 + CLAIM });
  expect([isUnapplied(claimed, 99 + CLAIM), isUnapplied(claimed, 100 + CLAIM)]).toEqual([false, true]);
  const taken = after([accept("c1"), acting("ben", "editor")], [accept("c2"), later]);
  expect(taken).toMatchObject({ status: "accepted", claim: "c2", decided: { by: { id: "ben" } } });
  expect(refusalOf(taken, applied("c1"), acting("ben", "editor"))).toBe("not-accepted");
  const closed = after([accept("c1"), acting("ben", "editor")], [reject, later]);
  expect(closed).toMatchObject({ status: "rejected", claim: null, decided: { by: { id: "eva" } } });
});

test("[SUG-5] an edit that could not be made leaves the suggestion open as before", () => {
  const open = after([accept("c1"), acting("ben", "editor")], [release("c1"), acting("ben", "editor")]);
  expect(open).toEqual({ ...made, version: 3 });
  expect(refusalOf(made, applied("c1"), acting("ben", "editor"))).toBe("not-accepted");
});

test("[SUG-3] withdrawn by its author alone, and only while nobody has decided", () => {
  const ana = acting("ana", "annotator");
  expect(after([withdraw, ana]).status).toBe("withdrawn");
  expect(refusalOf(made, withdraw, acting("ben", "owner"))).toBe("not-yours");
  const rejected = after([reject, acting("ben", "editor")]);
  expect(rejected.decided?.reason).toBe("Not so.");
  expect(refusalOf(rejected, withdraw, ana)).toBe("decided");
  expect(refusalOf(made, withdraw, acting("ana", "annotator", { archived: true }))).toBe("archived");
  expect(refusalOf(made, accept("c1"), ana)).toBe("forbidden");
});
