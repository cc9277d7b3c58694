const NUMBER = new Intl.NumberFormat("en");

/** "1,204": a number with its groups. */
export function number(n: number): string {
  return NUMBER.format(n);
}

/** "1 mark", "1,204 marks". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(n)} ${n === 1 ? one : many}`;
}
