import type { SaveState } from "./contract.ts";
import type { MuxStatus } from "./mux.ts";
import type { RoomStatus } from "./room.ts";

export type SaveInput = {
  readonly socket: MuxStatus;
  /** Status of the text, and of my layer if I have one. */
  readonly text: RoomStatus;
  readonly layer: RoomStatus | null;
  readonly canWrite: boolean;
  /** Why I can write nothing. */
  readonly readOnlyReason: string;
  /** Everything was saved at least once since the article was opened. */
  readonly wasSaved: boolean;
};

/** One sentence's worth of what became of my changes. */
export function saveState(input: SaveInput): SaveState {
  const rooms = [input.text, ...(input.layer ? [input.layer] : [])];
  const end = rooms.find((room) => room.end !== null)?.end;
  if (end) return { kind: "refused", code: end.name, sentence: end.sentence };
  const changes = rooms.reduce((sum, room) => sum + room.changes, 0);
  const away = input.socket === "lost" || rooms.some((room) => room.link === "offline");
  if (away) return { kind: "offline", changes };
  if (!input.canWrite && input.text.settled) return { kind: "read-only", reason: input.readOnlyReason };
  const settled = rooms.every((room) => room.link === "online" && room.settled);
  if (settled && changes === 0) return { kind: "saved" };
  if (!input.wasSaved && changes === 0) return { kind: "connecting" };
  return { kind: "saving", changes };
}

/** True when two states read the same. */
export function sameSaveState(a: SaveState, b: SaveState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
