import { documentHash } from "#shared/doc/hash.ts";
import { lackOf } from "./contents.ts";
import type { Durable } from "./durable.ts";
import { readMessage } from "./messages.ts";
import type { Report } from "./report.ts";

export type LedgerOptions = {
  readonly room: string;
  readonly user: string;
  readonly honest: boolean;
  readonly durable: Durable;
  readonly report: Report;
  /** What has been found on disk; the same message goes to many. */
  readonly checked: WeakSet<Uint8Array>;
};

/** Watches one channel of a server: what it is told must be true of the disk at that moment. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #frames: Uint8Array[] = [];
  #acknowledged = 0;
  #mayWrite = false;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** Acknowledgements to readers mean no more than that they were heard. */
  opened(mayWrite: boolean): void {
    this.#mayWrite = mayWrite;
  }

  heard(frame: Uint8Array): void {
    const message = readMessage(frame);
    if (message.kind === "document") this.#frames.push(message.update);
  }

  /** Looks at a message that leaves the server. */
  sent(frame: Uint8Array): void {
    const { report, room, user, honest } = this.#options;
    const message = readMessage(frame);
    switch (message.kind) {
      case "document":
        this.#shown(frame, message.update);
        return;
      case "ack":
        this.#acked(message.count);
        return;
      case "refused":
        if (honest) report.fail(`${user} is refused in ${room}: ${message.refusal.code}`);
        report.count(`refused: ${message.refusal.code}`);
        return;
      case "hash":
        this.#hashed(message.hash);
        return;
      case "other":
        return;
    }
  }

  #shown(frame: Uint8Array, update: Uint8Array): void {
    const { report, room, user, durable, checked } = this.#options;
    if (checked.has(frame)) return;
    checked.add(frame);
    const lack = lackOf(durable.doc(room), update);
    if (lack !== null) report.fail(`${user} is shown in ${room} what is not on disk: ${lack}`);
    report.count("shown");
  }

  #acked(count: number): void {
    const { report, room, user, durable, honest } = this.#options;
    if (count <= this.#acknowledged || count > this.#frames.length)
      report.fail(`${user} is acknowledged ${count} of ${this.#frames.length} frames in ${room}`);
    for (let at = this.#acknowledged; at < count; at += 1) {
      const update = this.#frames[at];
      if (!update || !honest || !this.#mayWrite) continue;
      const lack = lackOf(durable.doc(room), update);
      if (lack !== null) report.fail(`${user}'s frame ${at + 1} in ${room} is acknowledged without ${lack}`);
      report.count("acknowledged");
    }
    this.#acknowledged = count;
  }

  #hashed(hash: Uint8Array): void {
    const { report, room, durable } = this.#options;
    report.count("hashes");
    if (Buffer.compare(hash, documentHash(durable.doc(room))) !== 0)
      report.fail(`the server's document of ${room} is not what the log says`);
  }
}
