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

/** Runs a task once the next frame has been painted; soon in a hidden tab. */
export const afterPaint: Schedule = (task) => {
  let cancel = nextFrame(() => {
    // A timer that is set while a frame is made runs when that is done.
    cancel = afterRest(0)(task);
  });
  return () => cancel();
};

/** Runs a task after so many milliseconds. */
export function afterRest(milliseconds: number): Schedule {
  return (task) => {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  };
}

/** Nobody is held up by what waits for a pause this long. */
export const afterPause = afterRest(300);

/** What waits for a pause waits so long at most, in milliseconds. */
const MOST = 2_000;

/** Many wishes, one run once they have stopped; wished for without end, one run every `most` milliseconds. */
export class Calm {
  readonly #schedule: Schedule;
  readonly #task: () => void;
  readonly #most: number;
  #cancel: (() => void) | null = null;
  #since = 0;

  constructor(schedule: Schedule, task: () => void, most: number = MOST) {
    this.#schedule = schedule;
    this.#task = task;
    this.#most = most;
  }

  get waits(): boolean {
    return this.#cancel !== null;
  }

  wish(): void {
    const now = Date.now();
    if (this.#cancel === null) this.#since = now;
    else if (now - this.#since > this.#most) return;
    else this.#cancel();
    this.#cancel = this.#schedule(() => {
      this.#cancel = null;
      this.#task();
    });
  }

  /** True when something was wished for and has not run. It will not run any more. */
  stop(): boolean {
    const waited = this.#cancel !== null;
    this.#cancel?.();
    this.#cancel = null;
    return waited;
  }
}

/** Many wishes within one frame, one run. */
export class Batch {
  readonly #schedule: Schedule;
  readonly #task: () => void;
  #cancel: (() => void) | null = null;

  constructor(schedule: Schedule, task: () => void) {
    this.#schedule = schedule;
    this.#task = task;
  }

  get waits(): boolean {
    return this.#cancel !== null;
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
