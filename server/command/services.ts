import type { Logger } from "pino";
import type { Accounts } from "../auth/accounts.ts";
import type { Database } from "../database/database.ts";
import type { Live } from "../sync/live.ts";
import type { Signals } from "../bus/signals.ts";
import type { ReviewDesk } from "./review-desk.ts";
import type { Mirror } from "./mirror.ts";

/** What a command may touch. Commands know neither HTTP nor the sync server. */
export type Services = {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly live: Live;
  /** Tells people's open pages that there is news for them. */
  readonly signals: Signals;
  readonly threadMirror: Mirror;
  readonly suggestionMirror: Mirror;
  readonly desk: ReviewDesk;
  readonly mail: {
    /** False when this server has nothing to send e-mail with. */
    readonly on: boolean;
    /** What a person's link to stop e-mail carries. */
    readonly stopCode: (person: string) => string;
  };
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What the one-time owner link carries. */
  readonly setupToken: string;
  /** Most annotations in one layer. */
  readonly layerAnnotations: number;
  /** Folder of the content that comes with Gloss. */
  readonly seedsDir: string;
};
