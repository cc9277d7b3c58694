/** What became of a wording, word by word. */
export type WordChange = { readonly kind: "same" | "removed" | "added"; readonly text: string };

/** Longer wordings are compared by their beginnings and ends alone. */
const MOST_WORDS = 400;

/** The pieces in order; those of one kind that follow each other are one piece. */
export function wordChanges(was: string, is: string): readonly WordChange[] {
  const before = wordsOf(was);
  const after = wordsOf(is);
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  ) {
    end += 1;
  }
  const middle = between(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return joined([
    ...same(before.slice(0, start)),
    ...middle,
    ...same(end === 0 ? [] : before.slice(before.length - end)),
  ]);
}

/** Words, and what stands between them. */
function wordsOf(text: string): readonly string[] {
  return text.split(/(\s+)/).filter((word) => word !== "");
}

function same(words: readonly string[]): readonly WordChange[] {
  return words.map((text) => ({ kind: "same", text }));
}

/** The longest words in common keep their place. */
function between(before: readonly string[], after: readonly string[]): readonly WordChange[] {
  const removed = before.map((text): WordChange => ({ kind: "removed", text }));
  const added = after.map((text): WordChange => ({ kind: "added", text }));
  if (before.length === 0 || after.length === 0) return [...removed, ...added];
  if (before.length > MOST_WORDS || after.length > MOST_WORDS) return [...removed, ...added];
  const lengths = commonLengths(before, after);
  const changes: WordChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [one, other] = [before[i], after[j]];
    if (one !== undefined && one === other) {
      changes.push({ kind: "same", text: one });
      i += 1;
      j += 1;
    } else if (one !== undefined && (other === undefined || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      changes.push({ kind: "removed", text: one });
      i += 1;
    } else {
      changes.push({ kind: "added", text: other ?? "" });
      j += 1;
    }
  }
  return changes;
}

function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  );
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = rows[i];
      if (!row) continue;
      row[j] =
        before[i] === after[j]
          ? at(rows, i + 1, j + 1) + 1
          : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

function joined(changes: readonly WordChange[]): readonly WordChange[] {
  const pieces: { kind: WordChange["kind"]; text: string }[] = [];
  for (const { kind, text } of changes) {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  }
  return pieces;
}
