import { connect, createServer, type Socket } from "node:net";
import { once } from "node:events";

/** A way to a database that can swallow the answer to the next commit and break the connection. */
export type LossyProxy = { readonly url: string; loseNextCommit(): void; close(): void };

export async function lossyProxy(databaseUrl: string): Promise<LossyProxy> {
  const target = new URL(databaseUrl);
  let lose = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let isLosing = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (bytes: Buffer) => {
      if (lose && bytes.includes("COMMIT")) {
        lose = false;
        isLosing = true;
      }
      upstream.write(bytes);
    });
    upstream.on("data", (bytes: Buffer) => {
      if (isLosing) client.destroy();
      else client.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: url.href,
    loseNextCommit: () => void (lose = true),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
