/** The dark modules of a square code of `side` by `side`, row by row, as one SVG path: a run is one strip. */
export function squares(modules: ArrayLike<number>, side: number): string {
  let path = "";
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (!modules[y * side + x]) continue;
      const start = x;
      while (x + 1 < side && modules[y * side + x + 1]) x += 1;
      path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  }
  return path;
}
