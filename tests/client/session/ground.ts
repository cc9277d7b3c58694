import * as Y from "yjs";
import codebookJson from "../../../seeds/codebooks/commitments.json" with { type: "json" };
import { openArticle, type Ground } from "../../../client/session/article.ts";
import type { ArticleSession } from "../../../client/session/contract.ts";
import { noLocalCopy } from "../../../client/session/local-copy.ts";
import { Mux } from "../../../client/session/mux.ts";
import { schema } from "#shared/doc/schema.ts";
import { textUpdate } from "#shared/doc/seed.ts";
import { Codebook } from "#shared/model/codebook.ts";
import type { Role } from "#shared/model/role.ts";
import { FakeServer } from "./fake-server.ts";

export const TEXT_ROOM = "article/a/text";
export const REVIEW_ROOM = "article/a/review";
export const layerRoom = (user: string) => `article/a/layer/${user}`;

export const codebook = Codebook.parse(codebookJson);

/** A document of paragraphs. */
export function paragraphs(...texts: readonly string[]) {
  const { doc, paragraph } = schema.nodes;
  return doc.create(
    null,
    texts.map((text) => paragraph.create(null, text === "" ? null : schema.text(text))),
  );
}

/** A server with one article of these paragraphs. */
export function serve(...texts: readonly string[]): FakeServer {
  const server = new FakeServer();
  Y.applyUpdate(server.doc(TEXT_ROOM), textUpdate(paragraphs(...texts)));
  return server;
}

/** Gives these people a layer in the article. */
export function enroll(server: FakeServer, ...users: readonly string[]): void {
  const roster = server.doc(REVIEW_ROOM).getMap("roster");
  for (const id of users) roster.set(id, { name: id.toUpperCase(), color: "#000000" });
}

export type Visit = {
  readonly session: ArticleSession;
  /** Runs what waits for a frame. */
  frame(): void;
  /** What the server answers when asked for my role. */
  role: Role;
  /** What the server answers when asked for the article's epoch. */
  epoch: number;
};

const open: ArticleSession[] = [];

/** Leaves everything that was opened. */
export function leaveAll(): void {
  for (const session of open.splice(0)) session.dispose();
}

/** Opens the article as a person of that role. */
export function visit(server: FakeServer, id: string, role: Role, more: Partial<Ground> = {}): Visit {
  const waiting: (() => void)[] = [];
  const visiting = { role, epoch: 1 };
  const schedule = (task: () => void) => {
    waiting.push(task);
    return () => void waiting.splice(waiting.indexOf(task), 1);
  };
  const ground: Ground = {
    mux: new Mux({ url: "ws://test/sync", createWire: server.createWire, random: () => 0 }),
    judge: { role: () => Promise.resolve(visiting.role), epoch: () => Promise.resolve(visiting.epoch) },
    openCopy: noLocalCopy,
    shelf: null,
    schedule,
    pause: schedule,
    afterPaint: (task) => {
      task();
      return () => {};
    },
    ...more,
  };
  const session = openArticle(
    {
      articleId: "a",
      me: { id, name: id.toUpperCase(), color: "#123456", role },
      codebook,
      item: {
        epoch: 1,
        archivedAt: null,
        blind: false,
        title: "T",
        source: "",
        publisher: "",
        published: "",
        url: "",
      },
    },
    ground,
  );
  open.push(session);
  return Object.assign(visiting, {
    session,
    frame: () => {
      for (const task of waiting.splice(0)) task();
    },
  });
}
