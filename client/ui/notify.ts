/** Short messages at the edge of the screen, from anywhere in the client. */

export type Notice = {
  readonly id: number;
  readonly message: string;
  readonly tone: "plain" | "problem";
  /** Something to do about it, most often "Undo". */
  readonly action: { readonly label: string; readonly run: () => void } | null;
};

type NewNotice = { readonly message: string } & Partial<Pick<Notice, "tone" | "action">>;

/** How many stay on screen; an older one gives way. */
const MOST = 3;

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Shows a message for eight seconds and says it politely. Returns a function that takes it away. */
export function notify({ message, tone = "plain", action = null }: NewNotice): () => void {
  const id = ++lastId;
  replace([...notices, { id, message, tone, action }].slice(-MOST));
  return () => dismiss(id);
}

/** A failure in one sentence. */
export function notifyProblem(problem: Error): void {
  notify({ message: problem.message, tone: "problem" });
}

export function dismiss(id: number): void {
  replace(notices.filter((notice) => notice.id !== id));
}

export const noticeStore = {
  get: (): readonly Notice[] => notices,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function replace(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}
