import { useSyncExternalStore } from "react";

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const EXACT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

const STEPS = [
  ["minute", 60_000],
  ["hour", 3_600_000],
  ["day", 86_400_000],
] as const;

/** "just now", "5 minutes ago", "yesterday", "in 3 days"; a date when it is more than 30 days off. */
export function relative(at: number, now: number): string {
  const away = at - now;
  const size = Math.abs(away);
  if (size < 45_000) return "just now";
  if (size >= 30 * 86_400_000) return DAY.format(at);
  const [unit, length] = STEPS.findLast(([, step]) => Math.round(size / step) >= 1) ?? STEPS[0];
  return RELATIVE.format(Math.round(away / length), unit);
}

let minute = Date.now();
const listeners = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | null = null;

/** One clock for all times on the screen; it ticks twice a minute while somebody looks. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (clock === null) {
    minute = Date.now();
    clock = setInterval(() => {
      minute = Date.now();
      for (const each of listeners) each();
    }, 30_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || clock === null) return;
    clearInterval(clock);
    clock = null;
  };
}

/** A moment in words, with the exact time on hover. `at` is in milliseconds since 1970. */
export function When({ at }: { at: number }) {
  const now = useSyncExternalStore(subscribe, () => minute);
  return (
    <time dateTime={new Date(at).toISOString()} title={EXACT.format(at)}>
      {relative(at, now)}
    </time>
  );
}
