import { Modal, NativeSelect } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import type { ReadText } from "../../session/contract.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useFocusDrawn } from "../../ui/focus-drawn.ts";
import { count } from "../../ui/count.ts";
import { TagChip, tagLabel } from "../../ui/tag-chip.tsx";
import css from "./kwic-view.module.css";
import { kwicLines, ORDERS, sortedLines, toTsv, type KwicLine, type KwicMark, type Order } from "./lines.ts";

const NAMES: Readonly<Record<Order, string>> = {
  position: "In the order of the text",
  left: "By what stands before",
  words: "By the marked words",
  right: "By what stands after",
  author: "By author",
};

/** Rows that Page Up and Page Down go. */
const PAGE = 10;
const ROW_HEIGHT = 34;

export type KwicViewProps = {
  readonly codebook: Codebook;
  /** All marks, equal ones together. */
  readonly marks: readonly KwicMark[];
  readonly readText: () => ReadText | null;
  readonly tag: string;
  readonly onTag: (tag: string) => void;
  /** Leads to a mark in the text. */
  readonly onGo: (key: string) => void;
  readonly onClose: () => void;
};

/** All marks of a tag, one under the other with what stands before and after them. */
export function KwicView(props: KwicViewProps) {
  const { codebook, marks, readText, tag, onTag, onGo, onClose } = props;
  const [order, setOrder] = useState<Order>("position");
  const found = useMemo(() => kwicLines(marks, tag, readText() ?? { text: "" }), [marks, tag, readText]);
  const lines = useMemo(() => sortedLines(found, order), [found, order]);
  const gone = marks.filter(
    ({ lead: { annotation, placement } }) => annotation.tags.includes(tag) && placement.pieces.length === 0,
  ).length;
  const tags = [
    ...new Set([
      ...activeTags(codebook).map(({ id }) => id),
      ...marks.flatMap((mark) => mark.lead.annotation.tags),
    ]),
  ];
  return (
    <Modal opened onClose={onClose} title="Marks in context" size="72rem" classNames={{ body: css.body }}>
      <div className={css.head}>
        <NativeSelect
          label="Tag"
          value={tag}
          onChange={(event) => onTag(event.currentTarget.value)}
          data={tags.map((value) => ({ value, label: tagLabel(codebook, value) }))}
        />
        <NativeSelect
          label="Order"
          value={order}
          onChange={({ currentTarget: { value } }) =>
            setOrder(ORDERS.find((one) => one === value) ?? "position")
          }
          data={ORDERS.map((value) => ({ value, label: NAMES[value] }))}
        />
        <p className={css.count}>
          <TagChip codebook={codebook} id={tag} /> {count(lines.length, "mark")}
          {gone > 0 && `, ${gone} not in the text`}
        </p>
        <CopyButton
          variant="default"
          size="xs"
          label="Copy as table"
          value={toTsv(lines, (id) => tagLabel(codebook, id))}
        />
      </div>
      {lines.length === 0 ? (
        <p className={css.none}>Nothing is marked {tagLabel(codebook, tag)} yet.</p>
      ) : (
        <Lines key={`${tag} ${order}`} lines={lines} onGo={onGo} />
      )}
    </Modal>
  );
}

function Lines({ lines, onGo }: { lines: readonly KwicLine[]; onGo: (key: string) => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const focusDrawn = useFocusDrawn();
  // oxlint-disable-next-line react/incompatible-library -- nothing it gives goes to a memoised component
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (at) => lines[at]?.key ?? at,
    overscan: 10,
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const goal = goalOf(event.key, current, lines.length);
    if (goal === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setCurrent(goal);
    virtual.scrollToIndex(goal, { align: "auto" });
    focusDrawn(() => scroller.current?.querySelector<HTMLElement>(`[data-line="${goal}"]`));
  };

  return (
    <div ref={scroller} className={css.scroller}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys come up from its buttons */}
      <table
        aria-label="Marks in context"
        aria-rowcount={lines.length}
        className={css.table}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        <tbody className={css.rows}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            return (
              line && (
                <tr
                  key={key}
                  aria-rowindex={index + 1}
                  className={css.row}
                  data-current={index === current || undefined}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <td className={css.left}>
                    <bdi>{line.left}</bdi>
                  </td>
                  <td className={css.middle}>
                    <button
                      type="button"
                      className={css.words}
                      data-line={index}
                      data-autofocus={index === 0 || undefined}
                      tabIndex={index === current ? 0 : -1}
                      title={line.words}
                      onFocus={() => setCurrent(index)}
                      onClick={() => onGo(line.key)}
                    >
                      {line.words}
                    </button>
                  </td>
                  <td className={css.right}>{line.right}</td>
                  <td className={css.author}>{line.authors.join(", ")}</td>
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function goalOf(key: string, at: number, length: number): number | null {
  const goals: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: length - 1,
  };
  const goal = goals[key];
  return goal === undefined ? null : Math.min(length - 1, Math.max(0, goal));
}
