// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { Route, Routes } from "react-router";
import { JoinPage } from "../../../client/page/join-page.tsx";
import { safeNext } from "../../../client/page/next.ts";
import { SetupPage } from "../../../client/page/setup-page.tsx";
import { SignInPage } from "../../../client/page/sign-in-page.tsx";
import type { ProblemCode } from "#shared/model/problem.ts";
import { FakeServer, json, problem } from "./fake-server.ts";
import { openScreen, type Screen } from "./screen.tsx";
import { me } from "./things.ts";

let screen: Screen;
afterEach(() => screen.close());

function open(path: string, server: FakeServer, as?: ReturnType<typeof me>): Promise<void> {
  screen = openScreen();
  return screen.show(
    <Routes>
      <Route path="/setup" element={<SetupPage />} />
      <Route path="/sign-in" element={<SignInPage />} />
      <Route path="/j/:code" element={<JoinPage />} />
      <Route path="*" element={<p>elsewhere</p>} />
    </Routes>,
    { server, at: path, ...(as ? { as } : {}) },
  );
}

const invitation = {
  workspace: "Gloss",
  host: "Ana",
  role: "annotator",
  article: { id: "a1", title: "Paris declaration" },
  here: 2,
};

test("[UI-20] the one-time link makes the first person owner and opens the first article", async () => {
  const server = new FakeServer()
    .on("GET /setup", () => json({ needed: true, tokenValid: true }))
    .on("POST /setup", () => json({ me: me(), articleId: "a1" }, 201));
  await open("/setup?token=t0", server);
  await screen.type("Your name", "Ana");
  await screen.type("E-mail", "ana@example.org");
  await screen.type("Password", "four words are good");
  await screen.click("Open Gloss");
  await screen.until(() => screen.address === "/articles/a1?welcome=1");
  expect(server.of("POST /setup")[0]?.body).toEqual({
    token: "t0",
    name: "Ana",
    email: "ana@example.org",
    password: "four words are good",
  });
});

test("[UI-20] a link that is used or cut short says so", async () => {
  await open(
    "/setup",
    new FakeServer().on("GET /setup", () => json({ needed: false, tokenValid: false })),
  );
  await screen.hears("This workspace has its owner");
  await screen.close();
  await open(
    "/setup",
    new FakeServer().on("GET /setup", () => json({ needed: true, tokenValid: false })),
  );
  await screen.hears("This is not the whole link");
});

test("[UI-7] a form is checked before it is sent, and the complaint has the focus", async () => {
  const server = new FakeServer().on("GET /setup", () => json({ needed: true, tokenValid: true }));
  await open("/setup?token=t0", server);
  await screen.type("Your name", "Ana");
  await screen.type("Password", "short");
  await screen.click("Open Gloss");
  await screen.hears("This is not an e-mail address.");
  await screen.hears("At least 10 characters.");
  expect(document.activeElement).toBe(await screen.field("E-mail"));
  expect(server.of("POST /setup")).toEqual([]);
});

test("[UI-7] what the server complains about stands at its field, the rest below", async () => {
  const server = new FakeServer()
    .on("GET /me", () => problem("not-signed-in"))
    .on("GET /setup", () => json({ needed: false, tokenValid: false }))
    .on("POST /session", () => problem("invalid-content", [{ path: "email", message: "Say it again." }]));
  await open("/sign-in", server);
  await screen.type("E-mail", "ana@example.org");
  await screen.type("Password", "wrong");
  await screen.click("Sign in");
  await screen.hears("Say it again.");
  expect(document.activeElement).toBe(await screen.field("E-mail"));

  server.on("POST /session", () => problem("wrong-credentials"));
  await screen.type("E-mail", "ana@example.com");
  await screen.click("Sign in");
  await screen.hears("E-mail and password do not match.");
});

test("[UI-10] after signing in a person is where they wanted to be", async () => {
  const server = new FakeServer()
    .on("GET /me", () => problem("not-signed-in"))
    .on("GET /setup", () => json({ needed: false, tokenValid: false }))
    .on("POST /session", () => json(me(), 201));
  await open("/sign-in?next=%2Farticles%2Fa7%3Ftab%3Dlist", server);
  await screen.type("E-mail", "ana@example.org");
  await screen.type("Password", "four words are good");
  await screen.click("Sign in");
  await screen.until(() => screen.address === "/articles/a7?tab=list");
});

test("[UI-10] the way back never leads to another site", () => {
  screen = openScreen();
  for (const next of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:x",
    "",
    null,
  ]) {
    expect(safeNext(next), String(next)).toBe("/articles");
  }
  expect(safeNext("/articles/a1?x=1#y")).toBe("/articles/a1?x=1#y");
});

test("[UI-21] an invitation says where it leads, asks for a name alone, and goes there", async () => {
  const server = new FakeServer()
    .on("GET /me", () => problem("not-signed-in"))
    .on("GET /join/ABCD", () => json(invitation))
    .on("POST /join/ABCD", () => json({ me: me({ email: null, role: "annotator" }), articleId: "a1" }, 201));
  await open("/j/ABCD", server);
  await screen.hears("Paris declaration");
  for (const fact of ["Ana", "2 people", "Annotator"]) expect(screen.text).toContain(fact);
  expect(document.querySelectorAll("input")).toHaveLength(1);
  await screen.type("Your name", "Lee");
  await screen.click("Join and annotate");
  await screen.until(() => screen.address === "/articles/a1?welcome=1");
  expect(server.of("POST /join/ABCD")[0]?.body).toEqual({ name: "Lee" });
});

test("[UI-22] an invitation that does not open says why", async () => {
  const reasons: [ProblemCode, string][] = [
    ["invite-expired", "This invitation has expired"],
    ["invite-used-up", "This invitation has been used up"],
    ["invite-invalid", "It was switched off"],
  ];
  for (const [code, sentence] of reasons) {
    await open(
      "/j/ABCD",
      new FakeServer()
        .on("GET /me", () => problem("not-signed-in"))
        .on("GET /join/ABCD", () => problem(code)),
    );
    await screen.hears(sentence);
    expect(document.querySelector("input")).toBeNull();
    if (code !== "invite-invalid") await screen.close();
  }
});

test("[UI-23] who is signed in already goes on as they are", async () => {
  const server = new FakeServer()
    .on("GET /me", () => json(me()))
    .on("GET /join/ABCD", () => json(invitation))
    .on("POST /join/ABCD", () => json({ me: me(), articleId: "a1" }, 201));
  await open("/j/ABCD", server, me());
  await screen.click("Continue as Ana");
  await screen.until(() => screen.address === "/articles/a1");
  expect(server.of("POST /join/ABCD")[0]?.body).toEqual({});
});
