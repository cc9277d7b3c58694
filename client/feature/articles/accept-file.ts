/** Endings that Gloss reads. */
export const READABLE = [".txt", ".md", ".html"] as const;

/** Largest file, in bytes. */
const LARGEST = 20 * 1024 * 1024;

export type Accepted = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Whether a file can be tried at all, judged by its name and size before it is sent. */
export function acceptFile(file: { readonly name: string; readonly size: number }): Accepted {
  const name = file.name.toLowerCase();
  if (!READABLE.some((ending) => name.endsWith(ending))) {
    return no(`${file.name} is not a kind that Gloss reads. Save it as .txt, .md or .html and try again.`);
  }
  if (file.size === 0) return no(`${file.name} is empty.`);
  if (file.size > LARGEST) {
    return no(
      `${file.name} has ${sizeWords(file.size)}; the most is ${sizeWords(LARGEST)}. Split it and try again.`,
    );
  }
  return { ok: true };
}

/** "812 bytes", "14 kB", "2.3 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function no(message: string): Accepted {
  return { ok: false, message };
}
