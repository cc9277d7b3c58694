// @vitest-environment jsdom
import { create } from "qrcode";
import { afterEach, expect, test } from "vitest";
import { isActive, usageWords } from "../../../client/feature/share/offer.ts";
import { squares } from "../../../client/feature/share/qr-path.ts";
import { ShareDialog } from "../../../client/feature/share/share-dialog.tsx";
import type { Role } from "#shared/model/role.ts";
import { FakeServer, json, nothing } from "./fake-server.ts";
import { openScreen, type Screen } from "./screen.tsx";
import { invite, me, member } from "./things.ts";

let screen: Screen | null = null;
afterEach(async () => {
  await screen?.close();
  screen = null;
});

async function open(server: FakeServer, role: Role): Promise<Screen> {
  const opened = openScreen();
  screen = opened;
  await opened.show(<ShareDialog articleId="a1" opened onClose={() => undefined} />, {
    server,
    as: me({ role }),
  });
  return opened;
}

test("[UI-40] a link is made with role, expiry and uses, and shown to copy and to scan", async () => {
  const server = new FakeServer()
    .on("GET /invites", () => json({ items: [] }))
    .on("POST /invites", (call) => json({ ...invite(), ...(call.body as object), expiresAt: null }, 201));
  const shown = await open(server, "owner");
  await shown.click("Who opens the link becomes: Annotator");
  await shown.click("ReviewerDoes what an editor does");
  await shown.click("Create link");
  const field = await shown.field("Invitation link");
  expect(field.value).toBe("https://gloss.test/j/ABCD-EF");
  expect(server.of("POST /invites")[0]?.body).toEqual({
    role: "reviewer",
    articleId: "a1",
    expiresIn: 168,
    maxUses: null,
  });
  await shown.button("Copy link");
  expect(document.querySelector("svg[aria-label='QR code of this link'] path")).not.toBeNull();
  await shown.click("Show full screen");
  await shown.hears("gloss.test/j/ABCD-EF");
});

test("[UI-41] who may not invite gets the plain link, and learns whom to ask", async () => {
  const server = new FakeServer().on("GET /members", () =>
    json({
      items: [member(), member({ id: "u2", name: "Ben" }), member({ id: "u3", name: "Lee", role: "viewer" })],
    }),
  );
  const shown = await open(server, "editor");
  await shown.button("Copy link to this article");
  expect((await shown.field("Link")).value).toBe(`${window.location.origin}/articles/a1`);
  await shown.hears("ask Ana or Ben for an invitation link");
});

test("[UI-42] only links that still let somebody in are listed, and can be disabled", async () => {
  const links = [
    invite({ id: "i1", role: "editor", uses: 2, maxUses: 5 }),
    invite({ id: "i2", role: "viewer", articleId: "a2" }),
    invite({ id: "i3", role: "reviewer", revokedAt: 1 }),
  ];
  const server = new FakeServer()
    .on("GET /invites", () => json({ items: links }))
    .on("DELETE /invites/i1", () => {
      links.shift();
      return nothing();
    });
  const shown = await open(server, "owner");
  await shown.hears("used 2 of 5");
  expect(document.querySelectorAll("[role=dialog] li")).toHaveLength(1);
  await shown.click("Disable");
  await shown.hears("The link lets nobody in any more.");
  await shown.hears("None.");
});

test("[UI-42] a link works until it is disabled, over or used up", () => {
  const now = 1_000;
  expect(isActive(invite(), now)).toBe(true);
  expect(isActive(invite({ revokedAt: 5 }), now)).toBe(false);
  expect(isActive(invite({ expiresAt: 1_000 }), now)).toBe(false);
  expect(isActive(invite({ expiresAt: 1_001 }), now)).toBe(true);
  expect(isActive(invite({ maxUses: 2, uses: 2 }), now)).toBe(false);
  expect(isActive(invite({ maxUses: 2, uses: 1 }), now)).toBe(true);
  expect([0, 1, 4].map((uses) => usageWords({ uses, maxUses: null }))).toEqual([
    "not used yet",
    "used once",
    "used 4 times",
  ]);
});

test("[UI-43] the drawn code holds exactly the dark modules", () => {
  const { modules } = create("https://gloss.test/j/ABCD-EF", { errorCorrectionLevel: "M" });
  const drawn = new Uint8Array(modules.size * modules.size);
  for (const [, x, y, width] of squares(modules.data, modules.size).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    drawn.fill(1, Number(y) * modules.size + Number(x), Number(y) * modules.size + Number(x) + Number(width));
  }
  expect([...drawn]).toEqual([...modules.data].map((dark) => (dark ? 1 : 0)));
});
