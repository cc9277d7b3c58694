/** Runs a task once before the next frame is painted; soon in a hidden tab, which paints none. */
export type Schedule = (task: () => void) => () => void;

const HIDDEN_DELAY = 250;

export const nextFrame: Schedule = (task) => {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    task();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, HIDDEN_DELAY);
  return () => {
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
};

/** Many wishes within one frame, one run. */
export class Batch {
  readonly #schedule: Schedule;
  readonly #task: () => void;
  #cancel: (() => void) | null = null;

  constructor(schedule: Schedule, task: () => void) {
    this.#schedule = schedule;
    this.#task = task;
  }

  wish(): void {
    this.#cancel ??= this.#schedule(() => {
      this.#cancel = null;
      this.#task();
    });
  }

  /** Does now what was wished for, if anything was. */
  flush(): void {
    if (this.#cancel === null) return;
    this.stop();
    this.#task();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
