import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { Finding } from "#shared/model/checks.ts";
import css from "./finding-list.module.css";

/** What the codebook's checks say about a mark: advice, never a barrier. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className={css.list} aria-label="Checks">
      {findings.map((finding) => (
        <li key={finding.id} className={css.item} data-severity={finding.severity}>
          {finding.severity === "info" ? (
            <IconInfoCircle size={16} aria-hidden />
          ) : (
            <IconAlertTriangle size={16} aria-hidden />
          )}
          <span>{finding.message}</span>
        </li>
      ))}
    </ul>
  );
}
