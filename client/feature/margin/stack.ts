/** Marks on top of each other: all reachable by clicking again or by keys. */

/**
 * The mark to choose next in a stack. From outside it is the first; `step` -1 walks back; both ends lead
 * to the other one.
 */
export function nextInStack(stack: readonly string[], activeKey: string | null, step: 1 | -1): string | null {
  const index = activeKey === null ? -1 : stack.indexOf(activeKey);
  if (index < 0) return stack[step === 1 ? 0 : stack.length - 1] ?? null;
  return stack[(index + step + stack.length) % stack.length] ?? null;
}

/**
 * What a click on `stack` chooses: the smallest, and on further clicks at the same spot the next larger.
 * `previous` is the stack of the last click, or null when something else happened since.
 */
export function clickStack(
  stack: readonly string[],
  activeKey: string | null,
  previous: readonly string[] | null,
): string | null {
  const same =
    previous !== null && previous.length === stack.length && stack.every((key, at) => key === previous[at]);
  return same ? nextInStack(stack, activeKey, 1) : (stack[0] ?? null);
}
