import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useReadable } from "../../session/use-readable.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { ReviewSign } from "../../ui/review-sign.tsx";
import { TagChip } from "../../ui/tag-chip.tsx";
import type { ReviewDesk } from "./desk.ts";
import css from "./queue-list.module.css";
import { markName, shortened, whyWords } from "./words.ts";

/** What I still have to judge, in the order of the text. Only rows in sight are made. */
export function QueueList({ desk }: { desk: ReviewDesk }) {
  const { store } = desk;
  const { queue } = useReadable(store.view);
  const { key } = useReadable(desk.state);
  const { codebook } = store.session;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing it gives goes to a memoised component
  const virtual = useVirtualizer({
    count: queue.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 56,
    getItemKey: (at) => queue[at]?.key ?? at,
    overscan: 6,
  });
  const at = queue.findIndex((entry) => entry.key === key);

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);

  return (
    <div ref={scroller} className={css.scroller}>
      <ol className={css.list} style={{ height: virtual.getTotalSize() }} aria-label="Queue">
        {virtual.getVirtualItems().map((item) => {
          const entry = queue[item.index];
          if (!entry) return null;
          const why = whyWords(entry);
          return (
            <li
              key={item.key}
              data-index={item.index}
              ref={virtual.measureElement}
              className={css.row}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={queue.length}
              aria-posinset={item.index + 1}
            >
              <button
                type="button"
                className={css.item}
                aria-current={entry.key === key || undefined}
                aria-label={`${markName(codebook, entry)}${why === null ? "" : `. ${why}`}. ${shortened(entry.mark.text, 80)}`}
                onClick={() => desk.open(entry.key)}
              >
                <span className={css.line}>
                  {entry.mark.tags.map((tag) => (
                    <TagChip key={tag} codebook={codebook} id={tag} />
                  ))}
                  {entry.todo?.why !== "new" && (
                    <span className={css.why}>
                      <ReviewSign sign={entry.todo?.why === "changed" ? "changed" : "reopened"} silent />
                    </span>
                  )}
                  <span className={css.face}>
                    <PersonAvatar person={entry.placed.author} size={18} silent />
                  </span>
                </span>
                <span className={css.quote}>{entry.mark.text === "" ? "Words gone" : entry.mark.text}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
