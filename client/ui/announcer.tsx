import { VisuallyHidden } from "@mantine/core";
import { useSyncExternalStore } from "react";

let current = "";
const listeners = new Set<() => void>();

/** Says a sentence to screen readers when they are free. The same sentence twice is said twice. */
export function announce(sentence: string): void {
  current = current === sentence ? `${sentence}\u00a0` : sentence;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The live region behind `announce`; mounted once. */
export function Announcer() {
  const sentence = useSyncExternalStore(subscribe, () => current);
  return (
    <VisuallyHidden component="output" aria-live="polite">
      {sentence}
    </VisuallyHidden>
  );
}
