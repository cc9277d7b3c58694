import fc from "fast-check";
import { expect, test } from "vitest";
import { ROLES, type Role } from "#shared/model/role.ts";
import type { Message, Thread } from "#shared/model/thread.ts";
import { toldOf } from "#shared/thread/audience.ts";
import { shows, THREAD_FILTERS } from "#shared/thread/filter.ts";
import { partsOf } from "#shared/thread/parts.ts";
import { canDelete, canEdit } from "#shared/thread/rights.ts";
import { cleanText } from "#shared/thread/text.ts";
import { lastOf, unreadIn } from "#shared/thread/unread.ts";

const person = (id: string) => ({ id, name: id, color: "#000000" });

function said(nth: number, author: string, given: Partial<Message> = {}): Message {
  return {
    id: `m${nth}`,
    nth,
    author: person(author),
    text: "words",
    mentions: [],
    createdAt: nth,
    editedAt: null,
    deleted: null,
    version: nth,
    ...given,
  };
}

function thread(messages: readonly Message[], given: Partial<Thread> = {}): Thread {
  return {
    id: "t",
    anchor: { kind: "mark", author: "ben", mark: "m", quote: "words" },
    createdBy: person("ana"),
    createdAt: 1,
    resolved: null,
    messages,
    ...given,
  };
}

const mention = (user: string) => ({ user, start: 0, end: 4 });
const gone = { by: person("ana"), at: 9 };

test("[NTF-1] a message tells whom it mentions, whose mark it is at, and who has spoken before, each once and never its author", () => {
  const first = said(1, "ana", { mentions: [mention("ben"), mention("cleo"), mention("ana")] });
  expect([...toldOf(thread([first]), "m1")]).toEqual([
    ["ben", "mention"],
    ["cleo", "mention"],
  ]);
  expect([...toldOf(thread([said(1, "ana")]), "m1")]).toEqual([["ben", "thread"]]);
  const talk = thread([said(1, "ana"), said(2, "cleo"), said(3, "dora", { deleted: gone }), said(4, "ben")]);
  expect([...toldOf(talk, "m4")]).toEqual([
    ["ana", "reply"],
    ["cleo", "reply"],
  ]);
  expect(toldOf(talk, "m3").size).toBe(0);
  const plain = thread([said(1, "ana")], { anchor: { kind: "text", ranges: [] } });
  expect(toldOf(plain, "m1").size).toBe(0);
});

test("[THR-8] open, resolved, mine, mentioning me, unread: each filter asks its own question", () => {
  const looking = { me: "ben", upTo: 1 };
  const which = (one: Thread) => THREAD_FILTERS.filter((filter) => shows(filter, one, looking));
  expect(which(thread([said(1, "ana")]))).toEqual(["open", "mine"]);
  const elsewhere = { anchor: { kind: "text" as const, ranges: [] } };
  expect(which(thread([said(1, "ana")], elsewhere))).toEqual(["open"]);
  expect(which(thread([said(1, "ben")], { ...elsewhere, resolved: gone }))).toEqual(["resolved", "mine"]);
  expect(which(thread([said(1, "ana"), said(2, "ana")], elsewhere))).toEqual(["open", "unread"]);
  expect(which(thread([said(1, "ana", { mentions: [mention("ben")] })], elsewhere))).toEqual([
    "open",
    "mentioning",
  ]);
});

test("[THR-9] unread is what others wrote after what I have read and that still stands there", () => {
  const talk = thread([said(1, "ana"), said(2, "ben"), said(3, "ana", { deleted: gone }), said(4, "cleo")]);
  expect([0, 1, 3, 4].map((upTo) => unreadIn(talk, "ben", upTo))).toEqual([2, 1, 1, 0]);
  expect(unreadIn(talk, "ben", lastOf(talk))).toBe(0);
  expect(lastOf({ messages: [] })).toBe(0);
});

const cells = ROLES.flatMap((role) =>
  [true, false].flatMap((own) => [true, false].map((archived) => ({ role, own, archived }))),
);
test.each(cells)("[THR-4] $role, own message: $own, archived: $archived", ({ role, own, archived }) => {
  const who = { id: "me", role: role as Role };
  const message = said(1, own ? "me" : "other");
  const writes = role !== "viewer" && !archived;
  expect(canEdit(who, { message, archived })).toBe(own && writes);
  expect(canDelete(who, { message, archived })).toBe(own ? writes : role === "owner" && !archived);
  const deleted = { ...message, deleted: gone };
  expect(canEdit(who, { message: deleted, archived })).toBe(false);
  expect(canDelete(who, { message: deleted, archived })).toBe(false);
});

const shown = (text: string) =>
  partsOf(text, []).map((part) => (part.kind === "link" ? `<${part.href}>` : part.text));

test("[THR-7] web and mail addresses are links, whatever else looks like one is text", () => {
  expect(shown("See https://a.org/x_(y), mailto:ana@a.org.")).toEqual([
    "See ",
    "<https://a.org/x_(y)>",
    ", ",
    "<mailto:ana@a.org>",
    ".",
  ]);
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,<script>",
    "https://bank.example@evil.example/",
    "https://user:secret@evil.example",
    "http://",
    "HTTPS://\\evil",
    "file:///etc/passwd",
  ]) {
    expect(partsOf(text, []).filter(({ kind }) => kind === "link")).toEqual([]);
  }
});

test("[THR-7] the parts of a message are its text, and a mention that does not fit is passed over", () => {
  const bit = fc.constantFrom("@Ana", " https://a.org/", "x", "(", ")", " ", "\n", "mailto:a@b.c", "🙂");
  const at = fc.nat(40);
  fc.assert(
    fc.property(
      fc.array(bit, { maxLength: 12 }),
      fc.array(fc.tuple(at, at), { maxLength: 5 }),
      (bits, spans) => {
        const text = bits.join("");
        const mentions = spans.map(([start, end]) => ({ user: "ana", start, end }));
        const parts = partsOf(text, mentions);
        expect(parts.map((part) => part.text).join("")).toBe(text);
        for (const part of parts) {
          if (part.kind === "mention") expect(part.text.startsWith("@")).toBe(true);
          if (part.kind === "link") expect(part.href).toMatch(/^(https?:\/\/|mailto:)/);
        }
      },
    ),
  );
  expect(partsOf("@Ana https://a.org", [{ user: "ana", start: 0, end: 4 }])[0]).toEqual({
    kind: "mention",
    text: "@Ana",
    users: ["ana"],
  });
});

test("[THR-7] what nobody sees, and what turns the direction of a text, is taken out; line breaks stay", () => {
  expect(cleanText(" a\0b\u202Ec\r\nd \n\n\n\ne ")).toBe("a b c\nd\n\ne");
});
