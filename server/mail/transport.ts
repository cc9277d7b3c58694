import type { Transporter } from "nodemailer";

export type Letter = {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** The same for the same news, so that a letter sent twice is shown once. */
  readonly messageId: string;
  /** Where mail programs ask for no more of these (RFC 8058). */
  readonly stopUrl: string;
};

/** Sends a letter. Rejects with MailFailure. */
export type Send = (letter: Letter) => Promise<void>;

/** Why a letter did not go out. It names no person: what the mail server said may. */
export class MailFailure extends Error {
  override readonly name = "MailFailure";
  /** `server`: no letter would go out now. `letter`: this one did not. */
  readonly about: "server" | "letter";
  /** What the mail server answered or the network said. */
  readonly code: string;

  constructor(about: "server" | "letter", code: string) {
    super(`no mail: ${code}`);
    this.about = about;
    this.code = code;
  }
}

export type MailServer = {
  /** `smtp://` or `smtps://`, with user and password where needed. */
  readonly url: string;
  /** What stands as the sender. */
  readonly from: string;
};

/** How long a mail server may take to be there, and to answer, in milliseconds. */
const CONNECT = 10_000;
const ANSWER = 30_000;

/** Sends by SMTP. The library comes with the first letter: most starts need none. */
export function createSend({ url, from }: MailServer): Send {
  let transport: Transporter | null = null;
  return async ({ to, subject, text, messageId, stopUrl }) => {
    const { createTransport } = await import("nodemailer");
    transport ??= createTransport({
      url,
      connectionTimeout: CONNECT,
      greetingTimeout: CONNECT,
      socketTimeout: ANSWER,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        messageId,
        headers: {
          "Auto-Submitted": "auto-generated",
          "List-Unsubscribe": `<${stopUrl}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
      });
    } catch (error) {
      throw failureOf(error);
    }
  };
}

/** Answers about the recipient or the letter; any other failure meets every letter. */
const OF_LETTER = new Set(["EENVELOPE", "EMESSAGE"]);

function failureOf(error: unknown): MailFailure {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const name = typeof code === "string" ? code : "unknown";
  const answer = typeof responseCode === "number" ? ` ${responseCode}` : "";
  // 421: the server closes the connection and serves nobody now.
  const own = OF_LETTER.has(name) && responseCode !== 421;
  return new MailFailure(own ? "letter" : "server", `${name}${answer}`);
}
