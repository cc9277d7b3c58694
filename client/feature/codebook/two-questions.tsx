import type { Codebook } from "#shared/model/codebook.ts";
import { TagChip, tagOf } from "../../ui/tag-chip.tsx";
import css from "./two-questions.module.css";

/**
 * The two questions behind the commitment tags, side by side: is somebody on the hook, and must something
 * happen first? Shown for a codebook that has these tags.
 */
export function TwoQuestions({ codebook }: { codebook: Codebook }) {
  const [binding, conditional, intention] = ["binding", "conditional", "intention"].map((id) =>
    tagOf(codebook, id),
  );
  if (!binding || !conditional || !intention) return null;
  const both = codebook.tagMode.default === "independent";
  return (
    <section className={css.box} aria-label="Two questions">
      <p className={css.lead}>Find a promise, mark its clause, and ask two questions, one by one:</p>
      <table className={css.table}>
        <caption className={css.caption}>Which tags a promise gets</caption>
        <thead>
          <tr>
            <th scope="col">The promise</th>
            <th scope="col">
              <strong>No switch</strong> nothing has to happen first
            </th>
            <th scope="col">
              <strong>A switch</strong> “only if or once …”
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <strong>On the hook</strong> “you said you would”
            </th>
            <td>
              <Tags codebook={codebook} ids={[binding.id]} />
            </td>
            <td>
              <Tags codebook={codebook} ids={both ? [binding.id, conditional.id] : [conditional.id]} />
            </td>
          </tr>
          <tr>
            <th scope="row">
              <strong>Free not to act</strong> may, could, plans
            </th>
            <td>
              <Tags codebook={codebook} ids={[intention.id]} />
            </td>
            <td>
              <Tags codebook={codebook} ids={both ? [conditional.id, intention.id] : [conditional.id]} />
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Tags({ codebook, ids }: { codebook: Codebook; ids: readonly string[] }) {
  return (
    <span className={css.tags}>
      {ids.map((id) => (
        <span key={id} className={css.tag}>
          <TagChip codebook={codebook} id={id} /> <kbd>{tagOf(codebook, id)?.key.toUpperCase()}</kbd>
        </span>
      ))}
    </span>
  );
}
