import type { Codebook } from "#shared/model/codebook.ts";
import type { Counts } from "#shared/model/counts.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";
import css from "./numbers.module.css";

/** People who get a column of their own; the others are in the sum. */
const MOST = 4;

/** How many of what, by whom. */
export function Numbers({ codebook, counts }: { codebook: Codebook; counts: Counts }) {
  if (counts.total === 0) return <p className={css.none}>No marks yet.</p>;
  const people = counts.byAuthor.slice(0, MOST);
  const order = codebook.tags.map(({ id }) => id);
  const tags = [...counts.byTag.keys()].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  return (
    <table className={css.table}>
      <caption className={css.caption}>Marks by tag and person</caption>
      <thead>
        <tr>
          <th scope="col">Tag</th>
          {people.map(({ author }) => (
            <th key={author.id} scope="col" className={css.number}>
              <PersonAvatar person={author} size={20} />
            </th>
          ))}
          <th scope="col" className={css.number}>
            All
          </th>
        </tr>
      </thead>
      <tbody>
        {tags.map((tag) => (
          <tr key={tag}>
            <th scope="row">{tagLabel(codebook, tag)}</th>
            {people.map(({ author, byTag }) => (
              <td key={author.id} className={css.number}>
                {byTag.get(tag) ?? "–"}
              </td>
            ))}
            <td className={css.number}>{counts.byTag.get(tag)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Marks</th>
          {people.map(({ author, total }) => (
            <td key={author.id} className={css.number}>
              {total}
            </td>
          ))}
          <td className={css.number}>{counts.total}</td>
        </tr>
      </tfoot>
    </table>
  );
}
