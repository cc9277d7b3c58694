// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test } from "vitest";
import { MemberList } from "../../../client/feature/members/member-list.tsx";
import { LinkList } from "../../../client/feature/share/link-list.tsx";
import { ArticlesPage } from "../../../client/page/articles-page.tsx";
import { FakeServer, json, nothing } from "./fake-server.ts";
import { openScreen, type Screen } from "./screen.tsx";
import { article, invite, me, member } from "./things.ts";

let screen: Screen;
afterEach(() => screen.close());

const focused = () => {
  const active = document.activeElement;
  return active?.getAttribute("aria-label") ?? active?.textContent ?? "";
};

/** Uses a button as somebody at the keyboard does: focus first, then press. */
async function press(name: string): Promise<void> {
  const button = await screen.button(name);
  await act(async () => {
    button.focus();
    button.click();
  });
}

async function escape(): Promise<void> {
  await act(async () => {
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
    );
  });
}

/** A server whose list loses what was taken out of it. */
function losing<T extends { readonly id: string }>(
  list: string,
  items: readonly T[],
  leaves: string,
): FakeServer {
  const left = [...items];
  const id = leaves.split("/").at(-1) ?? "";
  return new FakeServer()
    .on(`GET ${list}`, () => json({ items: left, next: null }))
    .on(leaves, () => {
      const [gone] = left.splice(
        left.findIndex((item) => item.id === id),
        1,
      );
      return leaves.startsWith("PATCH") ? json({ ...gone, archivedAt: 1 }) : nothing();
    });
}

const articles = () =>
  losing(
    "/articles",
    [article({ id: "a1", title: "Paris" }), article({ id: "a2", title: "Bonn" })],
    "PATCH /articles/a1",
  );

test("[UI-19] when a dialog closes, focus is on the button that opened it", async () => {
  screen = openScreen();
  await screen.show(<ArticlesPage />, { server: articles(), as: me(), at: "/articles" });
  await press("New article");
  await screen.until(() => document.querySelector("[role=dialog]"));
  await escape();
  await screen.until(() => document.querySelector("[role=dialog]") === null);
  expect(focused()).toBe("New article");
});

test("[UI-19] a dialog that was chosen in a menu leads back to the menu's button", async () => {
  screen = openScreen();
  await screen.show(<ArticlesPage />, { server: articles(), as: me(), at: "/articles" });
  await press("Actions for Bonn");
  await press("Title and details");
  await screen.until(() => document.querySelector("[role=dialog]"));
  await escape();
  await screen.until(() => document.querySelector("[role=dialog]") === null);
  expect(focused()).toBe("Actions for Bonn");
});

test("[UI-19] when a row goes, focus is on the row in its place", async () => {
  screen = openScreen();
  await screen.show(<ArticlesPage />, { server: articles(), as: me(), at: "/articles" });
  await press("Actions for Paris");
  await press("Archive");
  await screen.until(() => focused() === "Bonn");
});

test("[UI-19] when the last of something goes, focus is on the place of its list", async () => {
  screen = openScreen();
  const server = losing("/invites", [invite()], "DELETE /invites/i1");
  await screen.show(<LinkList articleId={null} />, { server, as: me() });
  await press("Disable");
  await screen.until(() => focused() === "None.");
});

test("[UI-19] when somebody was removed, focus is in the page's main part", async () => {
  screen = openScreen();
  const people = [member(), member({ id: "u2", name: "Lee" })];
  const server = losing("/members", people, "DELETE /members/u2");
  await screen.show(
    <main id="main" tabIndex={-1} aria-label="main">
      <MemberList />
    </main>,
    { server, as: me() },
  );
  await press("Remove Lee");
  await screen.until(() => document.querySelector("[role=dialog]"));
  const confirm = screen.all("[role=dialog] button", "Remove").at(-1);
  await act(async () => confirm?.click());
  await screen.until(() => focused() === "main");
});

test("[UI-19] when a role was chosen, focus is on the button that shows it", async () => {
  screen = openScreen();
  const server = new FakeServer()
    .on("GET /members", () => json({ items: [member({ id: "u2", name: "Lee", role: "viewer" })] }))
    .on("PATCH /members/u2", () => json(member({ id: "u2", name: "Lee", role: "viewer" })));
  await screen.show(<MemberList />, { server, as: me() });
  await press("Role of Lee");
  await press("Viewer");
  await screen.until(() => focused() === "Role of Lee: Viewer");
});
