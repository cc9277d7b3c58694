import type { StoredRoom } from "../store/log.ts";

const FIRST_RETRY = 500;
const LONGEST_RETRY = 5_000;

export type Rereading<T> = {
  readonly load: () => Promise<StoredRoom>;
  /** Makes something of what was loaded; may throw as well. */
  readonly build: (stored: StoredRoom) => T;
  /** Told of each failure and after how many milliseconds it is tried again. */
  readonly failed: (error: unknown, wait: number) => void;
  /** True when nobody wants it any more. */
  readonly stopped: () => boolean;
};

/** Reads a room from the log again and again until that succeeds; null when nobody wants it any more. */
export async function reread<T>({ load, build, failed, stopped }: Rereading<T>): Promise<T | null> {
  for (let wait = FIRST_RETRY; !stopped(); wait = Math.min(wait * 2, LONGEST_RETRY)) {
    try {
      const stored = await load();
      return stopped() ? null : build(stored);
    } catch (error) {
      failed(error, wait);
    }
    await new Promise<void>((resolve) => {
      setTimeout(resolve, wait).unref();
    });
  }
  return null;
}
