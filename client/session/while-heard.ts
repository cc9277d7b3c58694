import type { Readable } from "./contract.ts";

type Subscribe = Readable<unknown>["subscribe"];

/** Listening to a store for which something goes on from its first listener until its last one has left. */
export function whileHeard(subscribe: Subscribe, begin: () => () => void): Subscribe {
  let listeners = 0;
  let end = (): void => {};
  return (listener) => {
    const stop = subscribe(listener);
    if (listeners++ === 0) end = begin();
    let left = false;
    return () => {
      stop();
      if (left) return;
      left = true;
      if (--listeners === 0) end();
    };
  };
}
