import { attributesFor } from "#shared/model/codebook.ts";
import { isEmptyField } from "#shared/model/checks.ts";
import type { Placed } from "../../session/contract.ts";
import { useDesk } from "./actions.ts";
import css from "./fields-read.module.css";
import { lateDateMeaning } from "./late-date.ts";
import { fieldText, NOTE } from "./fields.ts";

/** The filled fields and the note of a mark, to read. */
export function FieldsRead({ placed: { annotation } }: { placed: Placed }) {
  const { codebook, articleDate } = useDesk();
  const filled = attributesFor(codebook, annotation.tags).filter(
    ({ id }) => id !== NOTE && !isEmptyField(annotation.fields[id]),
  );
  if (filled.length === 0 && annotation.note === "") return <p className={css.none}>No details yet.</p>;
  return (
    <dl className={css.list}>
      {filled.map((attribute) => (
        <div key={attribute.id} className={css.row}>
          <dt>{attribute.label}</dt>
          <dd>
            {fieldText(attribute, annotation.fields[attribute.id])}
            {attribute.type === "date" && (
              <lateDateMeaning.Part
                props={{
                  words: fieldText(attribute, annotation.fields[attribute.id]),
                  published: articleDate,
                }}
              />
            )}
          </dd>
        </div>
      ))}
      {annotation.note !== "" && (
        <div className={css.row}>
          <dt>Note</dt>
          <dd>{annotation.note}</dd>
        </div>
      )}
    </dl>
  );
}
