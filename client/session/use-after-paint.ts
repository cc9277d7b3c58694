import { startTransition, useEffect, useState } from "react";
import { afterPaint } from "./frame.ts";
import { useCatchUp } from "./use-catch-up.ts";

/**
 * The value once what it changed at once is on the screen, and before anything a person does next. React's own
 * deferred rendering may begin earlier, and is then in the way of the frame.
 */
export function useAfterPaint<T>(value: T): T {
  const [later, setLater] = useState(() => value);
  useEffect(() => afterPaint(() => startTransition(() => setLater(() => value))), [value]);
  useCatchUp(
    () => !Object.is(later, value),
    () => setLater(() => value),
  );
  return later;
}
