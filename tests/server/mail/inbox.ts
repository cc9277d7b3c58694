import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail server on a free loopback port that keeps what it is sent. */
export type Inbox = {
  readonly url: string;
  readonly letters: readonly Received[];
  /** Resolves with the letters once there are so many. */
  arrived(most: number): Promise<readonly Received[]>;
  close(): Promise<void>;
};

export type Received = { readonly from: string; readonly to: readonly string[]; readonly source: string };

export async function openInbox(options: SMTPServerOptions = {}): Promise<Inbox> {
  const letters: Received[] = [];
  let tell: () => void = () => {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        letters.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString("utf8"),
        });
        done();
        tell();
      });
    },
    ...options,
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    arrived: async (most) => {
      while (letters.length < most) await new Promise<void>((resolve) => (tell = resolve));
      return letters;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The text of a letter as a mail program shows it. */
export function textOf({ source }: Received): string {
  const body = source.slice(source.indexOf("\r\n\r\n") + 4);
  if (!/^content-transfer-encoding: quoted-printable/im.test(source)) return body.replaceAll("\r\n", "\n");
  const bytes = body
    .replaceAll("=\r\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8").replaceAll("\r\n", "\n");
}
