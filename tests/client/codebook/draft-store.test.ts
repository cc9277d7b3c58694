import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Codebook } from "#shared/model/codebook.ts";
import type { Plan } from "#shared/codebook/plan-step.ts";
import type { CodebookDraft } from "../../../client/api/codebook-work.ts";
import { ApiProblem, unreachable } from "../../../client/api/problem.ts";
import { DraftStore } from "../../../client/feature/codebook/draft-store.ts";
import seed from "../../../seeds/codebooks/commitments.json" with { type: "json" };

const BOOK = Codebook.parse(seed);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A server with one draft, as the real one keeps it. */
function serve() {
  let draft: CodebookDraft = {
    revision: 3,
    begun: true,
    base: "commitments@1.0.0",
    codebook: BOOK,
    plan: [],
    savedBy: null,
    savedAt: 1,
  };
  const state = { down: false, saves: 0 };
  const put = (codebook: Codebook, plan: Plan, by: string | null) => {
    const savedBy = by === null ? null : { id: by, name: by, color: "#000000" };
    draft = { ...draft, revision: draft.revision + 1, begun: true, codebook, plan, savedBy, savedAt: 2 };
  };
  const merged: string[] = [];
  const store = new DraftStore(
    draft,
    {
      load: async () => draft,
      save: async ({ codebook, plan, revision }) => {
        if (state.down) throw unreachable();
        state.saves += 1;
        if (revision !== draft.revision) {
          throw new ApiProblem({ code: "draft-outdated", status: 409, detail: "Somebody saved." });
        }
        put(codebook, plan, "me");
        return { revision: draft.revision, savedAt: 2 };
      },
      discard: async () => {
        draft = { ...draft, revision: draft.revision + 1, begun: false, codebook: BOOK, plan: [] };
      },
    },
    (by) => merged.push(by),
  );
  return {
    store,
    state,
    merged,
    draft: () => draft,
    /** Somebody else saves. */
    other: (change: (codebook: Codebook) => void) => {
      const codebook = structuredClone(draft.codebook);
      change(codebook);
      put(codebook, draft.plan, "Olga");
    },
    publishedElsewhere: () => {
      draft = {
        ...draft,
        revision: draft.revision + 1,
        begun: false,
        savedBy: { id: "o", name: "Olga", color: "#000000" },
      };
    },
  };
}

const titled = (title: string) => (content: { codebook: Codebook; plan: Plan }) => ({
  ...content,
  codebook: { ...content.codebook, title },
});
const defined = (id: string, definition: string) => (content: { codebook: Codebook; plan: Plan }) => ({
  ...content,
  codebook: {
    ...content.codebook,
    tags: content.codebook.tags.map((tag) => (tag.id === id ? { ...tag, definition } : tag)),
  },
});

test("[CDB-21] what is typed is saved a moment later, in one piece", async () => {
  const { store, state, draft } = serve();
  for (const title of ["P", "Pr", "Pro"]) store.change("title", titled(title));
  expect(store.get().saving.kind).toBe("waiting");
  expect(draft().codebook.title).toBe(BOOK.title);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.get().saving).toEqual({ kind: "saved", at: 2 });
  expect(draft().codebook.title).toBe("Pro");
  expect(state.saves).toBe(1);
});

test("[CDB-21] undo goes back step by step, and a field typed in at once is one step", async () => {
  const { store, draft } = serve();
  for (const title of ["P", "Pr", "Pro"]) store.change("title", titled(title));
  store.change("binding", defined("binding", "Other."));
  store.undo();
  expect(store.get().codebook.title).toBe("Pro");
  expect(store.get().codebook.tags[0]?.definition).toBe(BOOK.tags[0]?.definition);
  store.undo();
  expect(store.get()).toMatchObject({ codebook: { title: BOOK.title }, canUndo: false, canRedo: true });
  store.redo();
  store.redo();
  expect(store.get().codebook.tags[0]?.definition).toBe("Other.");
  store.undo();
  await store.flush();
  expect(draft().codebook.title).toBe("Pro");
  vi.setSystemTime(Date.now() + 10_000);
  store.change("title", titled("Promises"));
  store.undo();
  expect(store.get().codebook.title).toBe("Pro");
});

test("[CDB-21] without a connection it is tried again, and nothing is lost", async () => {
  const { store, state, draft } = serve();
  state.down = true;
  store.change("title", titled("Kept"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.get().saving.kind).toBe("failed");
  expect(store.unsaved).toBe(true);
  state.down = false;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(store.get().saving.kind).toBe("saved");
  expect(draft().codebook.title).toBe("Kept");
});

test("[CDB-21] changes of two owners to different entries go together without a question", async () => {
  const { store, draft, other, merged } = serve();
  store.change("binding", defined("binding", "Mine."));
  other((codebook) => (codebook.summary = "Theirs."));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(merged).toEqual(["Olga"]);
  expect(store.get()).toMatchObject({ saving: { kind: "saved" }, codebook: { summary: "Theirs." } });
  expect(draft().codebook.tags[0]?.definition).toBe("Mine.");
  expect(draft().codebook.summary).toBe("Theirs.");
});

test("[CDB-21] where both changed the same the person decides, and meanwhile nothing is sent or lost", async () => {
  const { store, state, draft, other } = serve();
  store.change("binding", defined("binding", "Mine."));
  other((codebook) => (codebook.tags[0]!.definition = "Theirs."));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.get().saving).toMatchObject({
    kind: "clash",
    by: "Olga",
    gone: false,
    conflicts: [{ id: "binding" }],
  });
  const { saves } = state;
  store.change("title", titled("More of mine"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(state.saves).toBe(saves);
  store.takeTheirs();
  expect(store.get().codebook.tags[0]?.definition).toBe("Theirs.");
  store.undo();
  expect(store.get().codebook).toMatchObject({
    title: "More of mine",
    tags: [{ definition: "Mine." }, ...BOOK.tags.slice(1).map(() => ({}))],
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(draft().codebook.tags[0]?.definition).toBe("Mine.");
});

test("[CDB-21] mine can be put on top of theirs", async () => {
  const { store, draft, other } = serve();
  store.change("binding", defined("binding", "Mine."));
  other((codebook) => {
    codebook.tags[0]!.definition = "Theirs.";
    codebook.summary = "Theirs.";
  });
  await vi.advanceTimersByTimeAsync(1_000);
  await store.keepMine();
  expect(store.get().saving.kind).toBe("saved");
  expect(draft().codebook).toMatchObject({ summary: "Theirs." });
  expect(draft().codebook.tags[0]?.definition).toBe("Mine.");
});

test("[CDB-21] a draft that was published elsewhere is not begun again without asking", async () => {
  const { store, draft, publishedElsewhere } = serve();
  store.change("title", titled("Late"));
  publishedElsewhere();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.get().saving).toMatchObject({ kind: "clash", gone: true, by: "Olga" });
  expect(draft().begun).toBe(false);
  await store.keepMine();
  expect(draft()).toMatchObject({ begun: true, codebook: { title: "Late" } });
});

test("[CDB-21] a discarded draft comes back with undo", async () => {
  const { store, draft } = serve();
  store.change("title", titled("Gone"));
  await store.discard();
  expect(draft().begun).toBe(false);
  expect(store.get()).toMatchObject({ codebook: { title: BOOK.title }, saving: { kind: "saved" } });
  store.undo();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(draft()).toMatchObject({ begun: true, codebook: { title: "Gone" } });
});

test("[RUL-4] what the server put into the draft from here is taken up at once, and undo takes it out again", async () => {
  const { store, draft, other, merged } = serve();
  other((codebook) => codebook.tags[0]?.positive.push({ quote: "we will pay", why: "ruled" }));
  await store.catchUp();
  expect(store.get().codebook).toEqual(draft().codebook);
  expect(store.get().saving.kind).toBe("saved");
  expect(merged).toEqual([]);
  store.undo();
  await store.flush();
  expect(draft().codebook).toEqual(BOOK);
});
