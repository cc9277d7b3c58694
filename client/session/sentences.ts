import type { CloseName } from "#shared/wire/close.ts";

const SENTENCES: Partial<Record<CloseName, string>> = {
  "not-signed-in": "You are not signed in any more. Sign in again; your changes are kept on this device.",
  forbidden: "You may not change this any more. Ask an owner of this workspace.",
  "not-found": "This article does not exist, or not any more.",
  "epoch-mismatch": "This article was made anew elsewhere. The current text has been loaded.",
  gone: "This article was deleted.",
  "too-large": "That change is larger than Gloss takes. Split it and try again.",
  "refused-update": "The server did not take that change.",
  "bad-frame": "The connection was garbled. Reload the page.",
};

/** What a final close means for the person, and what to do next. */
export function closeSentence(name: CloseName | null): string {
  return (name && SENTENCES[name]) ?? "The server closed this article. Reload the page to try again.";
}
