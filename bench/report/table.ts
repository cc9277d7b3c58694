import { figure, ROWS, type Results, type Row } from "./rows.ts";

type Column = { readonly key: string; readonly title: string };

/** Servers that keep documents, against which a ratio says something. */
const RIVALS = ["hocuspocus", "yWebsocket"];

/** The results as a Markdown table of what was measured. */
export function toTable(results: Results, columns: readonly Column[]): string {
  const head = ["", ...columns.map(({ title }) => title), "Gloss : best rival", "target", "reached"];
  const rows = ROWS.filter(({ scenario }) => results.has(scenario)).map((row) => [
    row.title,
    ...columns.map(({ key }) => cell(row, results, key)),
    ratio(row, results),
    row.target?.text ?? "",
    reached(row, results),
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Targets that were measured and not reached, each with its figure. */
export function missed(results: Results): string[] {
  return ROWS.filter(({ target }) => target?.reached(results) === false).map(
    (row) => `${row.title}: ${cell(row, results, "gloss")} (${row.target?.text})`,
  );
}

function cell(row: Row, results: Results, server: string): string {
  const figures = results.get(row.scenario)?.get(server);
  if (!figures) return "-";
  if (row.words) return row.words(figures) || "-";
  const value = figure(results, row.scenario, row.figure, server);
  return value === null
    ? "-"
    : value.toLocaleString("en", { minimumFractionDigits: row.digits, maximumFractionDigits: row.digits });
}

function ratio({ scenario, figure: key, better }: Row, results: Results): string {
  const own = figure(results, scenario, key);
  const others = RIVALS.map((server) => figure(results, scenario, key, server)).filter(
    (value) => value !== null,
  );
  if (!better || own === null || others.length === 0) return "";
  const best = better === "more" ? Math.max(...others) : Math.min(...others);
  return best > 0 ? `${(own / best).toFixed(2)}` : "";
}

function reached({ target }: Row, results: Results): string {
  const answer = target?.reached(results) ?? null;
  return answer === null ? "" : answer ? "yes" : "NO";
}
