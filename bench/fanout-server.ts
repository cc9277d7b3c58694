import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { Registry } from "prom-client";
import { WebSocketServer, type WebSocket } from "ws";
import { LIMITS } from "../server/limits.ts";
import { openSqliteLog } from "../server/store/sqlite/log.ts";
import { createSync } from "../server/sync/sync.ts";

/** One of the servers that `fanout.ts` compares; prints its port. */
const kind = process.argv[2];
const server = createServer();

if (kind === "relay") relay();
else await gloss();

process.on("SIGTERM", () => {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpu: (user + system) / 1000 }));
  process.exit(0);
});

server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));

/** Sends each frame on to the others in the room as it comes: the floor. */
function relay(): void {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const rooms = new Map<string, Set<WebSocket>>();
  sockets.on("connection", (ws, request) => {
    const name = (request.url ?? "").split("?", 1)[0] ?? "";
    const room = rooms.get(name) ?? new Set();
    rooms.set(name, room.add(ws));
    ws.on("message", (data: Buffer) => {
      for (const other of room) if (other !== ws) other.send(data);
    });
  });
}

async function gloss(): Promise<void> {
  const folder = mkdtempSync(path.join(process.env["BENCH_DIR"] ?? tmpdir(), "fanout-"));
  const log = await openSqliteLog({ file: path.join(folder, "log.db") });
  const plenty = 1_000_000_000;
  const sync = createSync({
    log,
    authenticate: async (request) => {
      const id = new URL(request.url ?? "", "http://x").searchParams.get("token") ?? "";
      return {
        id,
        name: id,
        color: "#000000",
        role: "editor",
        via: "token",
        credential: id,
        expiresAt: null,
      };
    },
    directory: { find: async () => ({ archived: false, epoch: 1 }), onNewAuthor: async () => undefined },
    config: {
      publicUrl: null,
      limits: {
        ...LIMITS,
        framesPerSecond: plenty,
        bytesPerSecond: plenty,
        connectionsPerAddress: plenty,
        connectionsPerUser: plenty,
      },
    },
    logger: pino({ level: "warn" }, pino.destination(2)),
    registry: new Registry(),
  });
  sync.attach(server);
}
