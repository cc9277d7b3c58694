import { expect, test } from "vitest";
import { createSend, type Letter, MailFailure } from "../../../server/mail/transport.ts";
import { openInbox, textOf } from "./inbox.ts";

const letter: Letter = {
  to: { name: "Ben Okafor", address: "ben@example.org" },
  subject: "Ana mentioned you – “Größe”",
  text: "Hello Ben,\n\nAna: “Größe”\nhttps://gloss.example.org/articles/a?thread=t\n",
  messageId: "<one@gloss.example.org>",
  stopUrl: "https://gloss.example.org/api/v1/mail/stop?person=ben&code=x",
};
const from = "Gloss <gloss@example.org>";

test("[MAIL-1] a letter reaches a real mail server as plain text, with a sender, a way to stop it, and a name of its own", async () => {
  const inbox = await openInbox();
  try {
    await createSend({ url: inbox.url, from })(letter);
    const [received] = await inbox.arrived(1);
    expect(received).toMatchObject({ from: "gloss@example.org", to: ["ben@example.org"] });
    const { source = "" } = received ?? {};
    expect(source).toMatch(/^From: Gloss <gloss@example.org>/m);
    expect(source).toMatch(/^Message-ID: <one@gloss.example.org>/m);
    expect(source).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(source).toContain("mail/stop?person=ben&code=x>");
    expect(source).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    if (!received) throw new Error("no letter");
    expect(textOf(received)).toContain("Ana: “Größe”\nhttps://gloss.example.org/articles/a?thread=t");
  } finally {
    await inbox.close();
  }
});

const failure = (url: string) =>
  createSend({ url, from })(letter).then(
    () => null,
    (error: unknown) => error,
  );

test("[MAIL-4] a refused recipient is told from a server that takes no mail, and neither failure names anybody", async () => {
  const picky = await openInbox({
    onRcptTo: (address, _session, done) =>
      done(Object.assign(new Error(`no ${address.address}`), { responseCode: 550 })),
  });
  const busy = await openInbox({
    onMailFrom: (_address, _session, done) => done(Object.assign(new Error("later"), { responseCode: 421 })),
  });
  const closed = await openInbox();
  await closed.close();
  try {
    const refused = await failure(picky.url);
    expect(refused).toBeInstanceOf(MailFailure);
    expect(refused).toMatchObject({ about: "letter", code: expect.stringContaining("550") });
    expect(String(refused)).not.toContain("ben");
    expect(await failure(busy.url)).toMatchObject({ about: "server" });
    expect(await failure(closed.url)).toMatchObject({ about: "server" });
  } finally {
    await picky.close();
    await busy.close();
  }
});

test("[MAIL-4] a wrong password is a failure of the server, not of the letter", async () => {
  const inbox = await openInbox({
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error("wrong")),
  });
  try {
    const url = inbox.url.replace("smtp://", "smtp://gloss:secret@");
    const refused = await failure(url);
    expect(refused).toMatchObject({ about: "server" });
    expect(String(refused)).not.toContain("secret");
  } finally {
    await inbox.close();
  }
});
