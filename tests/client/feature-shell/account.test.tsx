// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { useMe } from "../../../client/api/me.ts";
import { AccountPage } from "../../../client/page/account-page.tsx";
import { strengthOf } from "../../../client/ui/password-strength.ts";
import { FakeServer, json, nothing, problem } from "./fake-server.ts";
import { openScreen, type Screen } from "./screen.tsx";
import { me } from "./things.ts";

let screen: Screen | null = null;
afterEach(async () => {
  await screen?.close();
  screen = null;
});

const guest = me({ name: "Lee", email: null, role: "annotator" });

async function open(server: FakeServer, as = me()): Promise<Screen> {
  const opened = openScreen();
  screen = opened;
  server.on("GET /tokens", () => json({ items: [] })).on("GET /me", () => json(as));
  await opened.show(
    <>
      <AccountPage />
      <Known />
    </>,
    { server, as },
  );
  return opened;
}

/** Who the page believes is signed in. */
function Known() {
  const { data } = useMe();
  return <p>{data === null ? "nobody is signed in" : `signed in as ${data?.email ?? "a guest"}`}</p>;
}

test("[UI-60] a token is shown once, when it is made", async () => {
  const server = new FakeServer().on("POST /tokens", () => json({ id: "t1", token: "gloss_secret" }, 201));
  const shown = await open(server);
  await shown.type("New token", "export");
  await shown.click("Create token");
  await shown.hears("It is shown this once");
  const made = await shown.until(() => document.querySelector<HTMLInputElement>("input[readonly]"));
  expect(made.value).toBe("gloss_secret");
  await shown.click("Done");
  await shown.field("New token");
  expect(document.body.innerHTML).not.toContain("gloss_secret");
});

test("[UI-61] a guest adds e-mail and password and stays the same person", async () => {
  const server = new FakeServer().on("POST /me/credentials", () => problem("email-taken"));
  const shown = await open(server, guest);
  await shown.type("E-mail", "lee@example.org");
  await shown.type("Password", "four words are good");
  await shown.click("Keep my account");
  await shown.hears("There is already an account with this e-mail.");
  server.on("POST /me/credentials", () => json({ ...guest, email: "lee@example.org" }));
  await shown.click("Keep my account");
  await shown.hears("signed in as lee@example.org");
});

test("[UI-61] a guest is warned before signing out for good", async () => {
  const server = new FakeServer().on("DELETE /session", () => nothing());
  const shown = await open(server, guest);
  await shown.click("Sign out");
  await shown.hears("without an e-mail you cannot come back as Lee");
  expect(server.of("DELETE /session")).toEqual([]);
  const confirm = await shown.until(() =>
    [...document.querySelectorAll<HTMLElement>("[role=dialog] button")].find(
      (button) => button.textContent === "Sign out",
    ),
  );
  confirm.click();
  await shown.hears("nobody is signed in");
});

test("[UI-63] a password is changed by who knows the one before", async () => {
  const server = new FakeServer().on("POST /me/password", () => problem("wrong-credentials"));
  const shown = await open(server);
  await shown.type("Current password", "not this one");
  await shown.type("New password", "four words are good");
  await shown.click("Change password");
  await shown.hears("E-mail and password do not match.");
  server.on("POST /me/password", () => json(me()));
  await shown.click("Change password");
  await shown.hears("Your password is changed.");
  expect(server.of("POST /me/password").at(-1)).toMatchObject({
    body: { current: "not this one", password: "four words are good" },
  });
});

test("[UI-63] a guest has no password to change", async () => {
  const shown = await open(new FakeServer(), guest);
  await shown.field("E-mail");
  expect(document.body.textContent).not.toContain("Change password");
});

test("[UI-6] a colour shows at once and goes back when it is refused", async () => {
  const server = new FakeServer().on("PATCH /me", () => problem("internal"));
  const shown = await open(server);
  const before = await shown.until(() =>
    document.querySelector<HTMLInputElement>("input[type=radio]:checked"),
  );
  const red = await shown.until(() => document.querySelector<HTMLInputElement>("input[aria-label=Red]"));
  red.click();
  await shown.hears("Something went wrong on the server.");
  expect(before.checked).toBe(true);
});

test("[UI-62] the hint at a new password counts length and surprise", () => {
  expect(strengthOf("").level).toBe(0);
  expect(strengthOf("short")).toMatchObject({ level: 1, word: "Too short", hint: "5 more characters." });
  for (const foreseen of ["aaaaaaaaaaaa", "abcdefghijkl", "password1234", "1234567890"]) {
    expect(strengthOf(foreseen).level, foreseen).toBe(1);
  }
  expect(strengthOf("violet harbour").level).toBeGreaterThan(1);
  expect(strengthOf("violet harbour onion pencil").level).toBe(4);
});
