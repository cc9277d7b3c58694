import { afterAll, beforeAll, expect, test } from "vitest";
import { type Someone, startWorld, type World } from "../world.ts";
import { newTalk } from "../thread/talk.ts";
import { type Inbox, openInbox, textOf } from "./inbox.ts";

let inbox: Inbox;
let world: World;
let ben: Someone;
beforeAll(async () => {
  inbox = await openInbox();
  const env = { SMTP_URL: inbox.url, MAIL_FROM: "Gloss <gloss@example.org>", MAIL_WAIT: "1" };
  world = await startWorld({ env });
  ben = await world.newPerson("annotator", "Ben Okafor");
});
afterAll(async () => {
  await world.close();
  await inbox.close();
});

const choice = async (as: Someone) => (await world.ask("GET", "/me/mail", { as })).body;

test("[MAIL-1] a mention reaches the mail server, with links that lead to it and that stop more", async () => {
  expect(await choice(ben)).toEqual({ digest: "at-once", possible: true });
  const ana = await world.newPerson("annotator", "Ana Ruiz");
  const talk = await newTalk(world, ana);
  await talk.start(ana, "@Ben Okafor, does it bind?");
  const [letter] = await inbox.arrived(1);
  if (!letter) throw new Error("no letter");
  expect(letter.to).toEqual([ben.email]);
  const text = textOf(letter);
  expect(text).toContain(`${world.url}/articles/${talk.article}?thread=`);
  const [, query = ""] = /mail-off\?(\S+)/.exec(text) ?? [];
  const stopped = await world.ask("POST", `/mail/stop?${query}`);
  expect(stopped).toMatchObject({ status: 200, body: { stopped: true } });
  expect(await choice(ben)).toEqual({ digest: "never", possible: true });
});

test("[MAIL-6] the link of one person stops nobody else's e-mail, and each person chooses for themself", async () => {
  const cleo = await world.newPerson("viewer", "Cleo");
  const code = world.running.services.mail.stopCode(ben.id);
  const foreign = await world.ask("POST", `/mail/stop?person=${cleo.id}&code=${code}`);
  expect(foreign.body).toMatchObject({ code: "forbidden" });
  expect(await choice(cleo)).toEqual({ digest: "at-once", possible: true });
  const body = { digest: "daily" };
  expect((await world.ask("PATCH", "/me/mail", { as: cleo, body })).body).toEqual({
    digest: "daily",
    possible: true,
  });
  const wrong = { digest: "weekly" };
  expect((await world.ask("PATCH", "/me/mail", { as: cleo, body: wrong })).status).toBe(422);
});

test("[MAIL-6] a guest without an address, and a server that sends no mail, say that it is not possible", async () => {
  const { services } = world.running;
  const id = await services.accounts.create({ name: "Guest", role: "annotator", color: "#000000" });
  const cookie = (await services.accounts.startSession(id)).map((line) => line.split(";")[0]).join("; ");
  expect((await world.ask("GET", "/me/mail", { headers: { cookie } })).body).toMatchObject({
    possible: false,
  });
  const silent = await startWorld();
  try {
    const { body } = await silent.ask("GET", "/me/mail", { as: await silent.person("viewer") });
    expect(body).toEqual({ digest: "at-once", possible: false });
  } finally {
    await silent.close();
  }
});
