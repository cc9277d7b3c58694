/** What the page itself measures. It is put into each page before anything else runs there. */

export type Span = {
  /** From the cause to the frame after the change. */
  readonly took: number;
  /** Of it, not spent waiting for the frame to begin. */
  readonly work: number;
};

export type Cause = "key" | "tag" | "filter" | "remote";

export type Probe = {
  /** Milliseconds since the navigation began; null: not yet. */
  readonly opening: { data: number | null; text: number | null; mark: number | null };
  /** What is painted next after this cause is measured, until that has happened. */
  arm(cause: Cause): void;
  /** Spans measured since the last call. */
  take(): Span[];
  /** Gathers the times between frames until the returned function is called. */
  watchFrames(): () => number[];
};

declare global {
  interface Window {
    probe: Probe;
    stopFrames: () => number[];
  }
}

/** Runs in the page and must not refer to anything outside of itself. */
export function installProbe(): void {
  const opening: Probe["opening"] = { data: null, text: null, mark: null };
  const ownFrame = window.requestAnimationFrame.bind(window);
  let frameBegan: number | null = null;

  const message = (run: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", run);
    port1.start();
    port2.postMessage(null);
  };
  const beginFrame = (): number => {
    if (frameBegan === null) {
      frameBegan = performance.now();
      // A message that is sent while a frame is made arrives when it is painted.
      message(() => (frameBegan = null));
    }
    return frameBegan;
  };
  window.requestAnimationFrame = (callback) =>
    ownFrame((time) => {
      beginFrame();
      callback(time);
    });
  /** Calls with the beginning of the frame that shows what is there now, once that is painted. */
  const afterPaint = (run: (began: number) => void): void => {
    const began = frameBegan;
    if (began !== null) message(() => run(began));
    else
      ownFrame(() => {
        const begins = beginFrame();
        message(() => run(begins));
      });
  };

  let spans: Span[] = [];
  let armed: Cause | null = null;
  let since: number | null = null;
  const changed = (): void => {
    if (since === null) return;
    const from = since;
    const at = performance.now();
    since = null;
    armed = null;
    afterPaint((began) => {
      const painted = performance.now();
      spans.push({ took: painted - from, work: painted - from - Math.max(0, began - at) });
    });
  };
  const begin = (cause: Cause, time: number): void => {
    if (armed === cause || (armed === "tag" && cause === "key")) since ??= time;
  };
  window.addEventListener("keydown", (event) => begin("key", event.timeStamp), { capture: true });
  window.addEventListener("click", (event) => begin("filter", event.timeStamp), { capture: true });
  const OwnSocket = window.WebSocket;
  window.WebSocket = class extends OwnSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ timeStamp }) => begin("remote", timeStamp));
    }
  };

  IDBObjectStore.prototype.getAll = new Proxy(Reflect.get(IDBObjectStore.prototype, "getAll"), {
    apply: (getAll, store: IDBObjectStore, args: Parameters<IDBObjectStore["getAll"]>) => {
      const request = getAll.apply(store, args);
      if (store.name === "updates" && store.transaction.db.name.includes("/text/"))
        request.addEventListener("success", () => (opening.data ??= performance.now()));
      return request;
    },
  });

  const isMark = (node: Node): boolean => node.nodeName === "MARK";
  const watchText = (text: Element): void => {
    new MutationObserver((records) => {
      if (since === null) return;
      const marks = ({ target, addedNodes, removedNodes }: MutationRecord): boolean =>
        isMark(target) || [...addedNodes, ...removedNodes].some(isMark);
      if ((armed !== "tag" && armed !== "filter") || records.some(marks)) changed();
    }).observe(text, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  const watch = new MutationObserver(() => {
    const text = document.querySelector(".ProseMirror");
    if (!text?.firstElementChild?.textContent) return;
    if (opening.text === null) {
      opening.text = Number.NaN;
      watchText(text);
      afterPaint(() => (opening.text = performance.now()));
    }
    if (!text.querySelector("mark")) return;
    watch.disconnect();
    afterPaint(() => (opening.mark = performance.now()));
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true });

  window.probe = {
    opening,
    arm: (cause) => {
      armed = cause;
      since = null;
    },
    take: () => {
      const taken = spans;
      spans = [];
      return taken;
    },
    watchFrames: () => {
      const gaps: number[] = [];
      let last: number | null = null;
      let on = true;
      const next = (time: number): void => {
        if (last !== null) gaps.push(time - last);
        last = time;
        if (on) ownFrame(next);
      };
      ownFrame(next);
      return () => {
        on = false;
        return gaps;
      };
    },
  };
}
