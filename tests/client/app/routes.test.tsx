// @vitest-environment jsdom
import { act, useEffect } from "react";
import { useNavigate } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CrashBoundary } from "../../../client/app/crash-boundary.tsx";
import { useRouteFocus } from "../../../client/app/route-focus.ts";
import { Pages } from "../../../client/app/router.tsx";
import { Announcer } from "../../../client/ui/announcer.tsx";
import { FakeServer, json, problem } from "../feature-shell/fake-server.ts";
import { openScreen, type Screen } from "../feature-shell/screen.tsx";
import { me } from "../feature-shell/things.ts";

let screen: Screen;
let go: (address: string) => void;

beforeEach(() => {
  screen = openScreen();
});
afterEach(async () => {
  vi.useRealTimers();
  await screen.close();
});

function Whole() {
  useRouteFocus();
  const navigate = useNavigate();
  useEffect(() => {
    go = (address) => void navigate(address);
  }, [navigate]);
  return (
    <>
      <Pages />
      <Announcer />
    </>
  );
}

function open(at: string, server: FakeServer): Promise<void> {
  return screen.show(<Whole />, { server, at });
}

const signedIn = () =>
  new FakeServer()
    .on("GET /me", () => json(me()))
    .on("GET /articles", () => json({ items: [], next: null }))
    .on("GET /members", () => json({ items: [] }))
    .on("GET /invites", () => json({ items: [] }));

const heading = () => document.querySelector("h1")?.textContent;

test("[UI-8] after a change of page focus is in its main part and its title is said", async () => {
  await open("/articles", signedIn());
  await screen.until(() => heading() === "Articles");
  expect(document.activeElement).toBe(document.body);
  await act(async () => go("/members"));
  await screen.until(() => heading() === "Members");
  await screen.until(() => document.activeElement?.id === "main");
  await screen.until(() => document.querySelector("output[aria-live=polite]")?.textContent === "Members");
  expect(document.title).toBe("Members · Gloss");
});

test("[UI-8] a change of the query alone moves nothing", async () => {
  await open("/articles", signedIn());
  await screen.until(() => heading() === "Articles");
  await act(async () => go("/articles?tab=archived"));
  await screen.hears("Nothing is archived");
  expect(document.activeElement).toBe(document.body);
});

test("[UI-10] who is not signed in is asked to, with the way back kept", async () => {
  const server = new FakeServer()
    .on("GET /me", () => problem("not-signed-in"))
    .on("GET /setup", () => json({ needed: false, tokenValid: false }));
  await open("/members?x=1", server);
  await screen.until(() => heading() === "Sign in");
  expect(screen.address).toBe("/sign-in?next=%2Fmembers%3Fx%3D1");
});

test("[UI-10] before the first owner, signing in tells where the owner link is", async () => {
  const server = new FakeServer()
    .on("GET /me", () => problem("not-signed-in"))
    .on("GET /setup", () => json({ needed: true, tokenValid: false }));
  await open("/", server);
  await screen.hears("This workspace has no owner yet.");
  expect(document.querySelector("form")).toBeNull();
});

test("[UI-11] a silent server is told, asked again by itself, and then the page is there", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  const server = signedIn().on("GET /me", () => Promise.reject(new TypeError("Failed to fetch")));
  await open("/articles", server);
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  await screen.hears("Gloss does not answer");
  server.on("GET /me", () => json(me()));
  await act(() => vi.advanceTimersByTimeAsync(6_000));
  await screen.until(() => heading() === "Articles");
});

test("[UI-16] an address that leads nowhere says so and shows the way to the list", async () => {
  await open("/nowhere", signedIn());
  await screen.hears("There is nothing here");
  await screen.click("All articles");
  await screen.until(() => heading() === "Articles");
});

test("[UI-9] a page that breaks shows a way on", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const Broken = (): never => {
    throw new Error("a bug of ours");
  };
  await screen.show(
    <CrashBoundary>
      <Broken />
    </CrashBoundary>,
    { server: new FakeServer() },
  );
  await screen.hears("Something broke on this page");
  await screen.button("Reload");
  await screen.button("All articles");
  expect(screen.text).toContain("a bug of ours");
  told.mockRestore();
});

test("[UI-9] a part that did not load is told apart from a mistake", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const Missing = (): never => {
    throw new TypeError("Failed to fetch dynamically imported module: /assets/x.js");
  };
  await screen.show(
    <CrashBoundary>
      <Missing />
    </CrashBoundary>,
    { server: new FakeServer() },
  );
  await screen.hears("A part of this page did not load");
  told.mockRestore();
});
