import { once } from "node:events";
import type { Server } from "node:http";
import { StartFailure } from "./database/failure.ts";

export type Address = { readonly host: string; readonly port: number };

/** Listens and gives the port; 0 asks for any free one. Rejects with StartFailure. */
export async function listen(server: Server, { host, port }: Address): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw explain(error, { host, port });
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}

/** The address to open on this machine. */
export function localUrl({ host, port }: Address): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function explain(error: unknown, { host, port }: Address): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  switch (error.code) {
    case "EADDRINUSE":
      return new StartFailure(
        `Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another number (PORT=0 takes any free one).`,
      );
    case "EACCES":
      return new StartFailure(
        `Port ${port} is not open to this user. Set PORT to a number above 1023, for example PORT=3000.`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new StartFailure(
        `HOST is ${host}, which is no address of this machine. Set it to one that is, for example HOST=127.0.0.1.`,
      );
    default:
      return error;
  }
}
