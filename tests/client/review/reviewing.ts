import { putFinished, putReviewer, putVerdict, readVerdict, removeVerdict } from "#shared/doc/review.ts";
import type { Publish, ReviewSettings, Verdict } from "#shared/model/verdict.ts";
import { REVIEW_DEFAULTS } from "#shared/model/verdict.ts";
import type { Scope } from "#shared/review/queue.ts";
import { ApiProblem, unreachable } from "../../../client/api/problem.ts";
import type { Given, NewVerdict, ReviewApi } from "../../../client/api/review.ts";
import type { Entry } from "../../../client/feature/review/book.ts";
import { ReviewDesk } from "../../../client/feature/review/desk.ts";
import { ReviewStore } from "../../../client/feature/review/store.ts";
import type { ArticleSession } from "../../../client/session/contract.ts";
import { reviewRecords } from "../../../client/session/review-feed.ts";
import { settle } from "../session/fake-server.ts";
import { REVIEW_ROOM, serve, visit, type Visit } from "../session/ground.ts";

/** Review in memory: real sessions of one article, and a server that keeps what it is told. */

/** A shelf as localStorage is one, shared by those who are given it. */
export function newShelf(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** An article with these paragraphs. */
export function setTable(...paragraphs: readonly string[]) {
  const server = serve(...paragraphs);
  const room = server.doc(REVIEW_ROOM);
  const drafts = new Map<string, Verdict>();
  const withdrawn = new Set<string>();
  const state = {
    settings: REVIEW_DEFAULTS as ReviewSettings,
    publish: "at-once" as Publish,
    /** What the next calls meet: an error that is thrown once each. */
    failures: [] as ApiProblem[],
    /** The server does what it is told, and its answer is lost. */
    answersLost: 0,
    /** Refuses a verdict by its id's mark. */
    refuse: (_given: NewVerdict): string | null => null,
    clock: 1_000,
    /** Everything that arrived, in order. */
    calls: [] as string[],
  };
  const enter = (id: string, role: "annotator" | "reviewer" | "viewer" | "owner" = "annotator"): Visit => {
    room.getMap("roster").set(id, { name: id.toUpperCase(), color: "#123456" });
    return visit(server, id, role);
  };
  const fail = () => {
    const failure = state.failures.shift();
    if (failure) throw failure;
  };
  const lose = () => {
    if (state.answersLost === 0) return;
    state.answersLost -= 1;
    throw unreachable();
  };

  const apiFor = (session: ArticleSession): ReviewApi => {
    const me = session.me.id;
    const find = (id: string) => drafts.get(id) ?? readVerdict(room, id);
    const take = (given: NewVerdict, draft: boolean): Given => {
      const known = find(given.id);
      if (known) return { id: given.id, ok: true, draft: drafts.has(given.id), verdict: known };
      const code = state.refuse(given);
      if (code !== null) {
        return { id: given.id, ok: false, refusal: "changed-meanwhile", sentence: code };
      }
      const local = store(session)
        .outbox.state.get()
        .waiting.find(({ write }) => write.kind === "give" && write.given.id === given.id)?.write;
      if (local?.kind !== "give") throw new Error("unknown verdict");
      const verdict = { ...local.local, at: (state.clock += 1) };
      for (const other of room.getMap("verdicts").keys()) {
        const standing = readVerdict(room, other);
        if (!draft && standing && sameLine(standing, verdict)) removeVerdict(room, other);
      }
      if (draft) drafts.set(verdict.id, verdict);
      else putVerdict(room, verdict);
      putReviewer(room, { id: me, name: me.toUpperCase(), color: "#123456" });
      return { id: given.id, ok: true, draft, verdict };
    };
    return {
      load: async () => {
        fail();
        return {
          settings: state.settings,
          publish: state.publish,
          publishChosen: false,
          drafts: [...drafts.values()].filter(({ by }) => by === me),
          finished: [],
        };
      },
      give: async (verdicts, draft) => {
        state.calls.push(`give ${verdicts.length}${draft ? " drafts" : ""}`);
        fail();
        const given = verdicts.map((verdict) => take(verdict, draft));
        lose();
        return given;
      },
      withdraw: async (id) => {
        state.calls.push("withdraw");
        fail();
        withdrawn.add(id);
        if (!drafts.delete(id)) removeVerdict(room, id);
        return { restored: null };
      },
      reopen: async (id, _act, words) => {
        state.calls.push("reopen");
        fail();
        const verdict = find(id);
        if (!verdict) throw missing();
        const next = { ...verdict, reopened: { by: me, words, at: (state.clock += 1) } };
        putVerdict(room, next);
        return { verdict: next };
      },
      answer: async (id, { act, words = "" }) => {
        state.calls.push(act);
        fail();
        const verdict = find(id);
        if (!verdict) throw missing();
        const done = { apply: "applied", answer: "answered", keep: "kept" } as const;
        const answer = { act: done[act], words, at: (state.clock += 1), hash: null, judged: null };
        const next = { ...verdict, answer };
        putVerdict(room, next);
        return { verdict: next };
      },
      finish: async ({ id, of = null, outcome, summary = "" }) => {
        state.calls.push("finish");
        fail();
        const mine = [...drafts.values()].filter(
          ({ by, on }) => by === me && (of === null || on.layer === of),
        );
        for (const draft of mine) {
          drafts.delete(draft.id);
          putVerdict(room, draft);
        }
        const review = { id, of, outcome, summary, verdicts: mine.length, by: me, at: (state.clock += 1) };
        putFinished(room, review);
        return review;
      },
      startThread: async () => {
        state.calls.push("thread");
        fail();
        throw new Error("no discussions here");
      },
      setPublish: async (publish) => {
        state.publish = publish ?? "at-once";
        return { publish: state.publish };
      },
    };
  };

  const stores = new Map<ArticleSession, ReviewStore>();
  const store = (session: ArticleSession): ReviewStore => {
    const found = stores.get(session);
    if (!found) throw new Error("nobody reviews in this session");
    return found;
  };

  /** Somebody at their desk. */
  const sit = (visitor: Visit, { shelf = newShelf() }: { shelf?: Storage } = {}) => {
    const { session } = visitor;
    const said: string[] = [];
    const refused: string[] = [];
    const shown: string[] = [];
    let made = 0;
    const opened = new ReviewStore({
      session,
      api: apiFor(session),
      records: reviewRecords(session),
      shelf,
      onRefused: (sentence) => refused.push(sentence),
      schedule: (task) => {
        queueMicrotask(task);
        return () => undefined;
      },
    });
    stores.set(session, opened);
    const desk = new ReviewDesk({
      store: opened,
      show: (entry: Entry) => shown.push(entry.key),
      say: (sentence) => said.push(sentence),
      threads: false,
      newId: () => `${session.me.id}-${shelf.length}-${(made += 1)}-${stores.size}`,
      now: () => 5,
    });
    const start = (scope: Scope = { author: null }) => desk.start(scope);
    return { session, store: opened, desk, said, refused, shown, start, shelf };
  };
  return { server, room, state, drafts, withdrawn, enter, sit, store, settle };
}

function sameLine(one: Verdict, other: Verdict): boolean {
  return (
    one.by === other.by &&
    one.id !== other.id &&
    one.on.kind === "mark" &&
    other.on.kind === "mark" &&
    one.on.annotation === other.on.annotation
  );
}

function missing(): ApiProblem {
  return new ApiProblem({ code: "not-found", status: 404, detail: "There is no such verdict." });
}

/** Makes marks on words of the first paragraph; gives their ids. */
export function markWords(session: ArticleSession, ...words: readonly string[]): string[] {
  const { text, toPosition } = session.readText() ?? { text: "", toPosition: (at: number) => at };
  return words.map((word) => {
    const at = text.indexOf(word);
    const id = session.createMark([{ from: toPosition(at), to: toPosition(at + word.length) }], ["binding"]);
    if (id === null) throw new Error(`no mark on ${word}`);
    return id;
  });
}
