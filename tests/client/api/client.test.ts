import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from "vitest";
import type { Invite, Me } from "#shared/wire/shapes.ts";
import { call } from "../../../client/api/client.ts";
import { ApiProblem } from "../../../client/api/problem.ts";
import { json, nothing, problem } from "../feature-shell/fake-server.ts";
import { invite, me } from "../feature-shell/things.ts";

const fetched = vi.fn<typeof fetch>();
beforeEach(() => vi.stubGlobal("fetch", fetched));
afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
});

async function failureOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const failure: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (failure instanceof ApiProblem) return failure;
  throw new Error(`not an ApiProblem: ${String(failure)}`);
}

test("[UI-1] a call sends what its row in the table of the API says", async () => {
  fetched.mockResolvedValue(json(invite({ role: "editor" }), 201));
  const made = await call("createInvite", { body: { role: "editor" } });
  const [address, init] = fetched.mock.calls[0] ?? [];
  expect(address).toBe("/api/v1/invites");
  expect(init).toMatchObject({ method: "POST", credentials: "same-origin", body: '{"role":"editor"}' });
  expect(made.role).toBe("editor");
});

test("[UI-1] parameters and query are encoded, and what is not given is not sent", async () => {
  fetched.mockImplementation(async () => json({ items: [], next: null }));
  await call("listArticles", { query: { archived: "true", limit: 5 } });
  await call("getArticle", { params: { id: "a/b?c" } }).catch(() => undefined);
  await call("listArticles");
  expect(fetched.mock.calls.map(([address]) => address)).toEqual([
    "/api/v1/articles?archived=true&limit=5",
    "/api/v1/articles/a%2Fb%3Fc",
    "/api/v1/articles",
  ]);
});

test("[UI-1] a file goes as its bytes, an empty answer is null", async () => {
  const file = new File(["text"], "a.txt");
  fetched.mockResolvedValueOnce(json({ id: "a1", title: "A", encoding: "utf-8" }, 201));
  await call("uploadArticle", { query: { name: "a.txt" }, body: file });
  expect(fetched.mock.calls[0]?.[1]?.body).toBe(file);
  fetched.mockResolvedValueOnce(nothing());
  expect(await call("signOut")).toBeNull();
});

test("[UI-1] input and result have the types of the endpoint", () => {
  expectTypeOf(call<"getMe">).returns.resolves.toEqualTypeOf<Me>();
  expectTypeOf(call<"createInvite">).returns.resolves.toEqualTypeOf<Invite>();
  expectTypeOf(call<"createInvite">)
    .parameter(0)
    .toEqualTypeOf<"createInvite">();
  // @ts-expect-error a role that does not exist
  void (() => call("createInvite", { body: { role: "king" } }));
  // @ts-expect-error the body is missing
  void (() => call("createInvite"));
  // @ts-expect-error the parameters are missing
  void (() => call("getArticle", {}));
});

test("[UI-2] a refusal keeps the server's code, sentence and fields", async () => {
  fetched.mockResolvedValue(problem("invalid-content", [{ path: "email", message: "Taken." }]));
  const failure = await failureOf(call("getMe"));
  expect(failure).toMatchObject({ code: "invalid-content", status: 422 });
  expect(failure.detail).toContain("not valid");
  expect(failure.fields).toEqual([{ path: "email", message: "Taken." }]);
});

test("[UI-2] the time to wait is kept", async () => {
  const response = problem("rate-limited");
  response.headers.set("retry-after", "30");
  fetched.mockResolvedValue(response);
  expect((await failureOf(call("getMe"))).retryAfter).toBe(30);
});

test("[UI-3] no answer, or only a proxy's, counts as unreachable", async () => {
  fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  expect((await failureOf(call("getMe"))).code).toBe("unreachable");
  fetched.mockResolvedValueOnce(new Response("<h1>Bad gateway</h1>", { status: 502 }));
  expect((await failureOf(call("getMe"))).code).toBe("unreachable");
});

test("[UI-3] an answer that cannot be read is a failure with a way on", async () => {
  for (const answer of [json({ id: 7 }), new Response("<html>", { status: 200 }), json("?", 418)]) {
    fetched.mockResolvedValueOnce(answer);
    const failure = await failureOf(call("getMe"));
    expect(failure.code).toBe("unreadable-answer");
    expect(failure.detail).toContain("Reload");
  }
});

test("[UI-3] a call that the caller gave up is not a failure of the server", async () => {
  const giveUp = new AbortController();
  fetched.mockImplementation((_address, init) => Promise.reject(init?.signal?.reason));
  giveUp.abort(new Error("gone"));
  await expect(call("getMe", { signal: giveUp.signal })).rejects.toThrow("gone");
});

test("[UI-1] a result is what the schema makes of it", async () => {
  fetched.mockResolvedValue(json({ ...me(), secret: "x" }));
  expect(await call("getMe")).toEqual(me());
});
