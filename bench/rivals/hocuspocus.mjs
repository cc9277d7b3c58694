/** Hocuspocus as its guide sets it up, with its SQLite extension. */
import { join } from "node:path";
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const server = new Server({
  port: Number(process.env.PORT),
  address: "127.0.0.1",
  quiet: true,
  extensions: [new SQLite({ database: join(process.env.DATA_DIR, "documents.sqlite") })],
  async onAuthenticate({ token }) {
    if (!token) throw new Error("no token");
  },
});
await server.listen();
