import type { Range, Run } from "../model/annotation.ts";
import type { Subject } from "../model/verdict.ts";

/** Whether two verdicts are about the same thing, so that the later takes the place of the earlier. */

/** A name for what is judged: of a mark all there is to it, of a paragraph only whose markup is meant. */
export function subjectKey(subject: Subject): string {
  if (subject.kind === "mark") return `mark/${subject.layer}/${subject.annotation}`;
  return `paragraph/${subject.layer ?? "*"}`;
}

/** True for the same mark, and for paragraphs that share more than half of their characters. */
export function sameSubject(a: Subject, b: Subject): boolean {
  if (subjectKey(a) !== subjectKey(b)) return false;
  if (a.kind === "mark" || b.kind === "mark") return true;
  return samePlace(a.range, b.range);
}

/** Two ranges are the same place when more than half of all their characters are in both. */
export function samePlace(a: Pick<Range, "runs">, b: Pick<Range, "runs">): boolean {
  const common = overlap(a.runs, b.runs);
  return common * 2 > length(a.runs) + length(b.runs) - common;
}

function length(runs: readonly Run[]): number {
  return runs.reduce((sum, [, , count]) => sum + count, 0);
}

function overlap(a: readonly Run[], b: readonly Run[]): number {
  const sorted = (runs: readonly Run[]): Run[] => runs.toSorted((x, y) => x[0] - y[0] || x[1] - y[1]);
  const [left, right] = [sorted(a), sorted(b)];
  let common = 0;
  for (let i = 0, j = 0; ;) {
    const [one, other] = [left[i], right[j]];
    if (!one || !other) return common;
    if (one[0] !== other[0]) {
      if (one[0] < other[0]) i += 1;
      else j += 1;
      continue;
    }
    const [oneEnd, otherEnd] = [one[1] + one[2], other[1] + other[2]];
    common += Math.max(0, Math.min(oneEnd, otherEnd) - Math.max(one[1], other[1]));
    if (oneEnd <= otherEnd) i += 1;
    else j += 1;
  }
}
