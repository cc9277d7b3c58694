// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { MemberList } from "../../../client/feature/members/member-list.tsx";
import type { Role } from "#shared/model/role.ts";
import { FakeServer, json, nothing, problem } from "./fake-server.ts";
import { openScreen, type Screen } from "./screen.tsx";
import { me, member } from "./things.ts";

let screen: Screen;
afterEach(() => screen.close());

function serving(): FakeServer {
  const people = [member(), member({ id: "u2", name: "Lee", email: null, role: "annotator" })];
  return new FakeServer()
    .on("GET /me", () => json(me()))
    .on("GET /members", () => json({ items: people }))
    .on("PATCH /members/u2", (call) => {
      const lee = member({ id: "u2", name: "Lee", email: null, role: (call.body as { role: Role }).role });
      people[1] = lee;
      return json(lee);
    })
    .on("DELETE /members/u2", () => {
      people.pop();
      return nothing();
    });
}

async function open(server: FakeServer, role: Role): Promise<void> {
  screen = openScreen();
  await screen.show(<MemberList />, { server, as: me({ role }) });
  await screen.hears("Lee");
}

test("[UI-50] an owner changes a role, told in plain words what each one may do", async () => {
  const server = serving();
  await open(server, "owner");
  await screen.click("Role of Lee: Annotator");
  expect(screen.text).toContain("Marks and comments, changes the text");
  await screen.click("Editor");
  await screen.button("Role of Lee: Editor");
  expect(server.of("PATCH /members/u2")[0]?.body).toEqual({ role: "editor" });
});

test("[UI-6] the last owner stays owner, and the reason is told", async () => {
  const server = serving().on("PATCH /members/u1", () => problem("last-owner"));
  await open(server, "owner");
  await screen.click("Role of Ana: Owner");
  await screen.click("Viewer");
  await screen.hears("A workspace needs an owner.");
  await screen.button("Role of Ana: Owner");
});

test("[UI-50] removing somebody asks first and says what stays", async () => {
  const server = serving();
  await open(server, "owner");
  await screen.click("Remove Lee");
  await screen.hears("What they wrote and marked stays");
  expect(server.of("DELETE /members/u2")).toEqual([]);
  const confirm = await screen.until(() =>
    screen.all("button", "Remove").find((button) => button.textContent === "Remove"),
  );
  confirm.click();
  await screen.hears("Lee is not a member any more.");
});

test("[UI-51] who is not owner reads names and roles and can change none", async () => {
  await open(serving(), "reviewer");
  expect(screen.text).toContain("Annotator");
  expect(document.querySelectorAll("button")).toHaveLength(0);
});
