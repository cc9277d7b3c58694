import type { Codebook } from "#shared/model/codebook.ts";
import type { FieldValue } from "#shared/model/annotation.ts";
import type { Change } from "#shared/review/judged.ts";
import { TagChip } from "../../ui/tag-chip.tsx";
import css from "./change-view.module.css";
import { fieldName, valueWords } from "./field-words.ts";
import { wordChanges } from "./word-changes.ts";

/** What was judged and what stands there now, part by part. */
export function ChangeView({ codebook, change }: { codebook: Codebook; change: Change }) {
  const { parts, before, after } = change;
  return (
    <dl className={css.change}>
      {parts.includes("text") && (
        <Row name="Words">
          <TextChange was={before.text} is={after.text} />
        </Row>
      )}
      {parts.includes("tags") && (
        <Row name="Tags">
          <TagChange codebook={codebook} was={before.tags} is={after.tags} />
        </Row>
      )}
      {parts.includes("fields") &&
        namesIn(before.fields, after.fields).map((name) => (
          <Row key={name} name={fieldName(codebook, name)}>
            <Swap
              was={valueWords(codebook, name, before.fields[name])}
              is={valueWords(codebook, name, after.fields[name])}
            />
          </Row>
        ))}
      {parts.includes("links") && (
        <Row name="Links">
          <Swap was={`${before.links.length}`} is={`${after.links.length}`} />
        </Row>
      )}
    </dl>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={css.row}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Words that went are struck out, words that came are underlined. */
export function TextChange({ was, is }: { was: string; is: string }) {
  if (is === "") return <del className={css.gone}>{was}</del>;
  return (
    <span className={css.text}>
      {wordChanges(was, is).map((piece, at) => {
        const key = `${at}-${piece.kind}`;
        if (piece.kind === "same") return <span key={key}>{piece.text}</span>;
        if (piece.kind === "removed") {
          return (
            <del key={key} className={css.gone}>
              {piece.text}
            </del>
          );
        }
        return (
          <ins key={key} className={css.come}>
            {piece.text}
          </ins>
        );
      })}
    </span>
  );
}

export function TagChange({
  codebook,
  was,
  is,
}: {
  codebook: Codebook;
  was: readonly string[];
  is: readonly string[];
}) {
  return (
    <span className={css.swap}>
      <del className={css.tags}>
        {was.map((tag) => (
          <TagChip key={tag} codebook={codebook} id={tag} />
        ))}
      </del>
      <span aria-hidden>→</span>
      <ins className={css.newTags}>
        {is.map((tag) => (
          <TagChip key={tag} codebook={codebook} id={tag} />
        ))}
      </ins>
    </span>
  );
}

export function Swap({ was, is }: { was: string; is: string }) {
  return (
    <span className={css.swap}>
      {was !== "" && <del className={css.gone}>{was}</del>}
      <span aria-hidden>→</span>
      {is === "" ? <ins className={css.none}>empty</ins> : <ins className={css.come}>{is}</ins>}
    </span>
  );
}

function namesIn(
  before: Readonly<Record<string, FieldValue>>,
  after: Readonly<Record<string, FieldValue>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
