import type { Batch } from "./batch.ts";
import type { Verdict } from "./guard/guard.ts";
import type { LiveDocument } from "./live-document.ts";
import type { Seat } from "./seat.ts";

/** After this many bytes what was done is written and others have their turn. */
const RUN_BYTES = 256 * 1024;

export type RunOptions = {
  readonly room: string;
  readonly writable: boolean;
  /** performance.now after which no further frame is taken. */
  readonly deadline: number;
  /** Told of each frame that rested on something unknown. */
  readonly onMissing: () => void;
};

const NO_END =
  "Your copy of this document cannot be joined to the server's. Copy what you changed here, then load the article again.";

type Apply = (verdict: Verdict & { kind: "accept" }) => void;

/**
 * Judges and applies what a connection has sent, as one run that makes one entry of the log. While the
 * log cannot be written only frames that bring nothing new are taken. Throws DocumentSpoilt.
 */
export function runFrames(document: LiveDocument, seat: Seat, batch: Batch, options: RunOptions): void {
  const { userId } = seat.link;
  if (!options.writable) {
    judge(document, seat, batch, { ...options, apply: null });
    return;
  }
  const from = performance.now();
  const written = document.run(userId, (apply) => judge(document, seat, batch, { ...options, apply }));
  seat.link.charge(performance.now() - from);
  if (written) batch.add(options.room, { seat, user: userId }, written);
}

function judge(
  document: LiveDocument,
  seat: Seat,
  batch: Batch,
  { apply, deadline, onMissing }: RunOptions & { apply: Apply | null },
): void {
  const { link } = seat;
  const frames = seat.takeFrames();
  let bytes = 0;
  for (const [index, frame] of frames.entries()) {
    if (bytes > RUN_BYTES || performance.now() > deadline) {
      seat.giveBack(frames.slice(index));
      return;
    }
    const verdict = document.check(frame.update, link.userId, link.mayWrite);
    if (verdict.kind === "refuse") {
      link.refuse(frame.number, verdict.code, verdict.sentence);
      return;
    }
    if (verdict.kind === "missing") {
      onMissing();
      if (seat.missing(frame, () => document.vector())) continue;
      link.refuse(frame.number, "impossible", NO_END);
      return;
    }
    if (!verdict.empty) {
      if (!apply) {
        link.turnAway();
        return;
      }
      apply(verdict);
    }
    bytes += frame.update.length;
    seat.accepted(frame);
    batch.handle(seat, frame);
  }
}
