import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { Finding } from "#shared/model/checks.ts";
import { useDesk } from "./actions.ts";
import css from "./finding-list.module.css";

/** What the codebook's checks say about a mark, with the rule that says why: advice, never a barrier. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { codebook, actions } = useDesk();
  const ruleOf = ({ rule }: Finding) => codebook.rules.find(({ n }) => n === rule);
  if (findings.length === 0) return null;
  return (
    <ul className={css.list} aria-label="Checks">
      {findings.map((finding) => {
        const rule = ruleOf(finding);
        return (
          <li key={finding.id} className={css.item} data-severity={finding.severity}>
            {finding.severity === "info" ? (
              <IconInfoCircle size={16} aria-hidden />
            ) : (
              <IconAlertTriangle size={16} aria-hidden />
            )}
            <div>
              {finding.message}
              {rule && (
                <p className={css.rule}>
                  <UnstyledButton className={css.link} onClick={() => actions.explainRule(rule.n)}>
                    Rule {rule.n}: {rule.title}
                  </UnstyledButton>{" "}
                  <span className={css.text}>{rule.text}</span>
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
