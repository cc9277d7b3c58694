import { readFileSync } from "node:fs";
import path from "node:path";
import { hocuspocusDialect, plainDialect, type Place } from "../load/dialect.ts";
import { BENCH, Child } from "./child.ts";
import type { Contender } from "./contender.ts";

let rooms = 0;

/** What all of them have in common: rooms come into being when they are opened, by anybody. */
const common = {
  prepare: async () => undefined,
  room: async () => {
    rooms += 1;
    return { room: `room-${rooms}`, token: "t" };
  },
  layer: (place: Place) => place,
  as: (place: Place) => place,
};

function starter(file: string): Contender["start"] {
  return (folder) => Child.start({ file: path.join(BENCH, file), env: { DATA_DIR: folder } });
}

/** Frames passed on, nothing else. */
export const relay: Contender = {
  ...common,
  key: "relay",
  title: `ws ${version("../node_modules/ws")} relay`,
  dialect: plainDialect(({ room }) => `/${room}`),
  knowsDocuments: false,
  keeps: false,
  idleAfter: null,
  start: starter("servers/relay.mjs"),
};

export const hocuspocus: Contender = {
  ...common,
  key: "hocuspocus",
  title: `Hocuspocus ${version("rivals/node_modules/@hocuspocus/server")} + SQLite`,
  dialect: hocuspocusDialect,
  knowsDocuments: true,
  keeps: true,
  idleAfter: 4_000,
  start: starter("rivals/hocuspocus.mjs"),
};

export const yWebsocket: Contender = {
  ...common,
  key: "yWebsocket",
  title: `@y/websocket-server ${version("rivals/node_modules/@y/websocket-server")}`,
  dialect: plainDialect(({ room }) => `/${room}`),
  knowsDocuments: true,
  keeps: false,
  idleAfter: null,
  start: starter("rivals/y-websocket.mjs"),
};

function version(folder: string): string {
  const text = readFileSync(path.join(BENCH, folder, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
