import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { keepNotices } from "../../../server/command/notification.ts";
import { createPost, type Post } from "../../../server/mail/post.ts";
import { type Letter, MailFailure } from "../../../server/mail/transport.ts";
import { FakeSync } from "../fake-sync.ts";
import { type Someone, startWorld, type World } from "../world.ts";
import { idOf, newTalk, type Talk } from "../thread/talk.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let world: World;
let ana: Someone;
let ben: Someone;
let talk: Talk;
let at: number;
let letters: Letter[];
let fail: (letter: Letter) => MailFailure | null;
let lines: string[];
let post: Post;
let count = 0;

beforeAll(async () => {
  world = await startWorld({ sync: (options) => new FakeSync(options) });
  ana = await world.newPerson("annotator", "Ana Ruiz");
  talk = await newTalk(world, ana);
});
afterAll(() => world.close());

beforeEach(async () => {
  ben = await world.newPerson("annotator", `Ben ${(count += 1)}`);
  at = 1_000_000_000_000;
  letters = [];
  lines = [];
  fail = () => null;
  post = createPost({
    database: world.running.services.database,
    send: async (letter) => {
      const failure = fail(letter);
      if (failure) throw failure;
      letters.push(letter);
    },
    logger: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
    now: () => at,
    baseUrl: "https://gloss.example.org",
    stopCode: () => "c0de",
    gather: 2 * MINUTE,
  });
  const { db } = world.running.services.database;
  await db.deleteFrom("notification").execute();
});

/** Ben is told something at the clock's time; gives the notification's thread. */
async function news(detail = "accepted", to = ben): Promise<void> {
  count += 1;
  const notice = {
    kind: "verdict" as const,
    to: [to.id],
    by: ana.id,
    article: talk.article,
    about: `verdict/${count}`,
    mark: { author: to.id, id: "m" },
    detail,
  };
  await keepNotices(world.running.services.database.db, [notice], at);
}

const later = async (ms: number): Promise<void> => {
  at += ms;
  await post.round();
};

const choose = (digest: string) => world.ask("PATCH", "/me/mail", { as: ben, body: { digest } });

test("[MAIL-2] what happens within the time of gathering comes in one letter, and no news twice", async () => {
  await news("accepted");
  await later(MINUTE);
  await news("rejected: too wide");
  await later(MINUTE - 1);
  expect(letters).toEqual([]);
  await later(1);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({
    to: { name: ben.name, address: ben.email },
    subject: "2 new in Gloss: Ana Ruiz judged your mark, and more",
  });
  const { text = "" } = letters[0] ?? {};
  expect(text).toContain('Ana Ruiz judged your mark in "An article":\n> accepted\n');
  expect(text).toContain("> rejected: too wide");
  expect(text).toContain(`https://gloss.example.org/articles/${talk.article}?mark=${ben.id}%2Fm`);
  expect(text).toContain(`No more e-mail: https://gloss.example.org/mail-off?person=${ben.id}&code=c0de`);
  await later(HOUR);
  expect(letters).toHaveLength(1);
  await news();
  await later(2 * MINUTE);
  expect(letters).toHaveLength(2);
  expect(letters[1]?.messageId).not.toBe(letters[0]?.messageId);
});

test.each([
  ["hourly", HOUR],
  ["daily", 24 * HOUR],
])("[MAIL-2] %s: news is gathered for so long", async (digest, period) => {
  await choose(digest);
  await news();
  await later(period / 2);
  await news();
  await later(period / 2 - 1);
  expect(letters).toEqual([]);
  await later(1);
  expect(letters.map(({ subject }) => subject)).toEqual([
    "2 new in Gloss: Ana Ruiz judged your mark, and more",
  ]);
});

test("[MAIL-2] never means never, also for what waited before, and a guest without an address gets none", async () => {
  await news();
  await choose("never");
  await later(24 * HOUR);
  await choose("at-once");
  await later(24 * HOUR);
  expect(letters).toEqual([]);
  const { services } = world.running;
  const guest = await services.accounts.create({ name: "Guest", role: "annotator", color: "#000000" });
  await news("accepted", { ...ben, id: guest });
  await later(HOUR);
  expect(letters).toEqual([]);
});

test("[MAIL-3] what has been read in the product is not mailed", async () => {
  const [first, second] = [
    await talk.start(ana, `@${ben.name} apples`),
    await talk.start(ana, `@${ben.name} pears`),
  ];
  const { db } = world.running.services.database;
  await db.updateTable("notification").set({ created_at: at }).execute();
  const read = (id: string) =>
    world.ask("POST", `/articles/${talk.article}/threads/${id}/read`, { as: ben, body: { upTo: 1 } });
  await read(idOf(first));
  await later(2 * MINUTE);
  expect(
    letters.map(({ subject, text }) => [subject, text.includes("apples"), text.includes("pears")]),
  ).toEqual([['Ana Ruiz mentioned you in "An article"', false, true]]);
  await read(idOf(second));
  await later(HOUR);
  expect(letters).toHaveLength(1);
});

test("[MAIL-3] a message is mailed as it stands then, and a deleted one is not", async () => {
  const id = idOf(await talk.start(ana, `@${ben.name} first`));
  const { messages } = await talk.thread(id);
  const path = `/articles/${talk.article}/threads/${id}/messages/${messages[0]?.id}`;
  const { db } = world.running.services.database;
  await db.updateTable("notification").set({ created_at: at }).execute();
  await world.ask("PATCH", path, { as: ana, body: { text: `@${ben.name} second` } });
  await later(2 * MINUTE);
  expect(letters.map(({ text }) => text.includes(`> @${ben.name} second`))).toEqual([true]);
  const gone = idOf(await talk.start(ana, `@${ben.name} third`));
  const [message] = (await talk.thread(gone)).messages;
  await world.ask("DELETE", `/articles/${talk.article}/threads/${gone}/messages/${message?.id}`, { as: ana });
  await later(24 * HOUR);
  expect(letters).toHaveLength(1);
});

test("[MAIL-4] while the mail server takes no mail everybody's news waits, longer each time, and then comes once", async () => {
  let tries = 0;
  fail = () => {
    tries += 1;
    return new MailFailure("server", "ECONNREFUSED");
  };
  await news();
  const other = await world.newPerson("annotator", "Cleo");
  await news("accepted", other);
  await later(2 * MINUTE);
  expect(tries).toBe(1);
  await later(MINUTE - 1);
  expect(tries).toBe(1);
  await later(1);
  expect(tries).toBe(2);
  await later(2 * MINUTE - 1);
  expect(tries).toBe(2);
  await later(1);
  expect(tries).toBe(3);
  fail = () => null;
  await later(4 * MINUTE);
  expect(letters.map(({ to }) => to.name).toSorted()).toEqual([ben.name, "Cleo"].toSorted());
});

test("[MAIL-4] a letter that is refused is tried again with growing waits and then given up; others get theirs", async () => {
  const other = await world.newPerson("annotator", "Dora");
  let tries = 0;
  fail = ({ to }) => {
    if (to.address !== ben.email) return null;
    tries += 1;
    return new MailFailure("letter", "EENVELOPE 550");
  };
  await news();
  await news("accepted", other);
  await later(2 * MINUTE);
  expect(letters.map(({ to }) => to.name)).toEqual(["Dora"]);
  await later(MINUTE - 1);
  expect(tries).toBe(1);
  for (let nth = 0; nth < 20; nth += 1) await later(6 * HOUR);
  expect(tries).toBe(8);
  fail = () => null;
  await news();
  await later(2 * MINUTE);
  expect(letters.map(({ to }) => to.name)).toEqual(["Dora", ben.name]);
});

test("[MAIL-5] the log holds no name, no address and no text", async () => {
  fail = () => new MailFailure("letter", "EENVELOPE 550");
  await news("a secret sentence");
  await later(2 * MINUTE);
  fail = () => new MailFailure("server", "ECONNREFUSED");
  at += HOUR;
  await post.round();
  expect(lines.length).toBeGreaterThan(1);
  for (const word of [ben.name, ben.email, "Ana", "secret sentence", "An article"]) {
    expect(lines.join("")).not.toContain(word);
  }
});

test("[NTF-4] what was read ninety days ago is forgotten, what was not read stays", async () => {
  await news("read");
  await world.ask("POST", "/notifications/read", { as: ben, body: { ids: "all" } });
  await news("unread");
  const { db } = world.running.services.database;
  await db.updateTable("notification").set({ read_at: at }).where("read_at", "is not", null).execute();
  await later(90 * 24 * HOUR + 1);
  const rows = await db.selectFrom("notification").select("detail").where("user_id", "=", ben.id).execute();
  expect(rows).toEqual([{ detail: "unread" }]);
});
