import { afterAll, beforeAll, expect, test } from "vitest";
import { can, ROLES } from "#shared/model/role.ts";
import { API, type Endpoint, type EndpointSpec } from "#shared/wire/api.ts";
import codebook from "../../../seeds/codebooks/commitments.json" with { type: "json" };
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type World } from "../world.ts";

/** A request of each endpoint that a role which may make it gets through with. */
const REQUESTS: Record<Endpoint, { readonly path?: string; readonly body?: unknown }> = {
  getMe: {},
  patchMe: { body: { color: "#123456" } },
  addCredentials: { body: { email: "new@example.org", password: "0123456789" } },
  changePassword: { body: { current: "x", password: "0123456789" } },
  getSetup: {},
  setup: { body: { token: "x", name: "N", email: "n@example.org", password: "0123456789" } },
  signIn: { body: { email: "n@example.org", password: "x" } },
  signOut: {},
  listArticles: {},
  createArticle: { body: { title: "T", content: "Some words." } },
  uploadArticle: { path: "/articles/upload?name=a.exe", body: "bytes" },
  listSamples: {},
  createFromSample: { path: "/samples/nothing" },
  getArticle: { path: "/articles/nothing" },
  patchArticle: { path: "/articles/nothing", body: { title: "T" } },
  getSnapshot: { path: "/articles/nothing/snapshot" },
  addAnnotations: {
    path: "/articles/nothing/annotations",
    body: { annotations: [{ tags: ["binding"], ranges: [{ start: 0, end: 1, exact: "P" }] }] },
  },
  getCodebook: {},
  listNames: {},
  listCodebookVersions: {},
  getCodebookVersion: { path: "/codebook/versions/nothing@1" },
  getCodebookDraft: {},
  saveCodebookDraft: { body: { revision: 99, codebook } },
  discardCodebookDraft: { path: "/codebook/draft?revision=99" },
  addCodebookExample: { body: { tag: "nothing", answer: "yes", quote: "q" } },
  getCodebookImpact: {},
  listCodebookMarks: { path: "/codebook/impact/marks?kind=tag&subject=binding" },
  publishCodebook: { body: { revision: 99, version: "9.0.0" } },
  listCodebookActs: {},
  getCodebookAct: { path: "/codebook/acts/nothing" },
  undoCodebookAct: { path: "/codebook/acts/nothing/undo" },
  listMembers: {},
  patchMember: { path: "/members/nobody", body: { role: "viewer" } },
  removeMember: { path: "/members/nobody" },
  listInvites: {},
  createInvite: { body: { role: "viewer" } },
  revokeInvite: { path: "/invites/nothing" },
  getJoin: { path: "/join/nothing" },
  join: { path: "/join/nothing", body: { name: "N" } },
  listTokens: {},
  createToken: { body: { name: "t" } },
  revokeToken: { path: "/tokens/nothing" },
  getReviewSettings: {},
  patchReviewSettings: { body: { approvals: 1 } },
  patchMyReview: { body: { publish: null } },
  getReview: { path: "/articles/nothing/review" },
  listVerdicts: { path: "/articles/nothing/verdicts" },
  giveVerdicts: {
    path: "/articles/nothing/verdicts",
    body: { verdicts: [{ id: "v", on: { kind: "mark", layer: "u", annotation: "a" }, verdict: "accepted" }] },
  },
  withdrawVerdict: { path: "/articles/nothing/verdicts/v/withdraw" },
  reopenVerdict: { path: "/articles/nothing/verdicts/v/reopen", body: { id: "r" } },
  answerVerdict: { path: "/articles/nothing/verdicts/v/answer", body: { id: "r", act: "keep" } },
  finishReview: { path: "/articles/nothing/review/finish", body: { id: "f", outcome: "approve" } },
  listReviewActs: { path: "/articles/nothing/review/acts" },
  listThreads: { path: "/articles/nothing/threads" },
  startThread: {
    path: "/articles/nothing/threads",
    body: {
      id: "t",
      target: { kind: "mark", author: "a", mark: "m" },
      message: { id: "m", text: "Why?" },
    },
  },
  resolveThread: { path: "/articles/nothing/threads/t", body: { resolved: true } },
  addMessage: { path: "/articles/nothing/threads/t/messages", body: { id: "m", text: "Because." } },
  editMessage: { path: "/articles/nothing/threads/t/messages/m", body: { text: "Because!" } },
  deleteMessage: { path: "/articles/nothing/threads/t/messages/m" },
  listThreadReads: { path: "/articles/nothing/thread-reads" },
  readThread: { path: "/articles/nothing/threads/t/read", body: { upTo: 1 } },
  ruleThread: {
    path: "/articles/nothing/threads/t/rulings",
    body: { id: "r", tag: "binding", answer: "yes", quote: "will pay", why: "It says so." },
  },
  takeBackRuling: { path: "/articles/nothing/threads/t/rulings/r/take-back" },
  listMarksAgainst: { path: "/rulings/marks", body: { tag: "binding", answer: "no", quote: "will pay" } },
  listWaitingRulings: {},
  addRuledExample: { path: "/codebook/rulings/r/example" },
  listSuggestions: { path: "/articles/nothing/suggestions" },
  suggestChange: {
    path: "/articles/nothing/suggestions",
    body: { id: "s", target: { kind: "offsets", start: 0, end: 0, exact: "" }, text: "So " },
  },
  acceptSuggestion: { path: "/articles/nothing/suggestions/s/accept", body: { claim: "claim-of-mine" } },
  rejectSuggestion: { path: "/articles/nothing/suggestions/s/reject", body: {} },
  withdrawSuggestion: { path: "/articles/nothing/suggestions/s/withdraw" },
  applySuggestion: { path: "/articles/nothing/suggestions/s/applied", body: { claim: "claim-of-mine" } },
  releaseSuggestion: { path: "/articles/nothing/suggestions/s/release", body: { claim: "claim-of-mine" } },
  listNotifications: {},
  readNotifications: { body: { ids: "all" } },
  getMailChoice: {},
  putMailChoice: { body: { digest: "daily" } },
  stopMail: { path: "/mail/stop?person=nobody&code=x" },
};

const endpoints = Object.keys(API) as Endpoint[];
let world: World;
let sync: FakeSync;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => (sync = new FakeSync(options)) });
});
afterAll(() => world.close());

function request(endpoint: Endpoint) {
  const { method, path }: EndpointSpec = API[endpoint];
  const { path: given = path, body } = REQUESTS[endpoint];
  return { method, path: given, body };
}

const cells = endpoints.flatMap((endpoint) => ROLES.map((role) => [role, endpoint] as const));
test.each(cells)("[ROLE-2] %s asks %s", async (role, endpoint) => {
  const { method, path, body } = request(endpoint);
  const { status, body: answer } = await world.ask(method, path, { as: await world.person(role), body });
  const { verb }: EndpointSpec = API[endpoint];
  if (verb === null || verb === "signed-in" || can({ id: "", role }, verb)) {
    expect(answer).not.toMatchObject({ code: expect.stringMatching(/^(not-signed-in|internal)$/) });
    if (endpoint !== "setup" && endpoint !== "stopMail") expect(status).not.toBe(403);
  } else {
    expect({ status, answer }).toMatchObject({ status: 403, answer: { code: "forbidden" } });
  }
});

const closed = endpoints.filter((endpoint) => API[endpoint].verb !== null);
test.each(closed)("[ROLE-2] nobody signed in asks %s", async (endpoint) => {
  const { method, path, body } = request(endpoint);
  const { status, body: answer } = await world.ask(method, path, { body });
  expect({ status, answer }).toMatchObject({ status: 401, answer: { code: "not-signed-in" } });
});

test("[ROLE-2] a role that may not is refused before its body is read", async () => {
  const as = await world.person("viewer");
  const { body } = await world.ask("POST", "/articles", { as, body: { nonsense: true } });
  expect(body).toMatchObject({ code: "forbidden" });
});

test("[ROLE-4] nobody sees or revokes another's tokens, the owner included", async () => {
  const [owner, viewer] = [await world.person("owner"), await world.person("viewer")];
  const { body } = await world.ask("POST", "/tokens", { as: viewer, body: { name: "mine" } });
  const { id } = body as { id: string };
  expect((await world.ask("DELETE", `/tokens/${id}`, { as: owner })).status).toBe(404);
  const { body: owners } = await world.ask("GET", "/tokens", { as: owner });
  expect(JSON.stringify(owners)).not.toContain(id);
  expect((await world.ask("DELETE", `/tokens/${id}`, { as: viewer })).status).toBe(204);
});

test("[ROLE-5] an archived article takes no marks and no other change than being restored", async () => {
  const owner = await world.person("owner");
  const id = await world.newArticle("Words to keep.");
  const patch = (body: unknown) => world.ask("PATCH", `/articles/${id}`, { as: owner, body });
  expect((await patch({ archived: true })).status).toBe(200);
  expect((await patch({ title: "Other" })).body).toMatchObject({ code: "archived" });
  const marks = { annotations: [{ tags: ["binding"], ranges: [{ start: 0, end: 5, exact: "Words" }] }] };
  const refused = await world.ask("POST", `/articles/${id}/annotations`, { as: owner, body: marks });
  expect(refused.body).toMatchObject({ code: "archived", status: 409 });
  expect((await patch({ archived: false, title: "Restored" })).body).toMatchObject({
    title: "Restored",
    archivedAt: null,
  });
});

test("[ROLE-6] a changed role holds from the next request on and is told to the live documents", async () => {
  const [owner, someone] = [await world.person("owner"), await world.newPerson("viewer")];
  const create = () =>
    world.ask("POST", "/articles", { as: someone, body: { title: "T", content: "Some words." } });
  expect((await create()).status).toBe(403);
  sync.rights.length = 0;
  const body = { role: "editor" };
  expect((await world.ask("PATCH", `/members/${someone.id}`, { as: owner, body })).status).toBe(200);
  expect(sync.rights).toEqual([{ user: someone.id }]);
  expect((await create()).status).toBe(201);
  const byCookie = await world.ask("GET", "/me", { headers: { cookie: someone.cookie } });
  expect(byCookie.body).toMatchObject({ role: "editor" });
});
