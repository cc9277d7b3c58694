import { useReadable } from "../../session/use-readable.ts";
import { count } from "../../ui/count.ts";
import type { ReviewDesk } from "./desk.ts";
import css from "./queue-aside.module.css";
import { QueueList } from "./queue-list.tsx";

/** The queue on the other side of the text, where there is room. */
export function QueueAside({ desk }: { desk: ReviewDesk }) {
  const { queue } = useReadable(desk.store.view);
  return (
    <aside className={css.aside} aria-label="Queue" data-region="queue">
      <h2 className={css.title}>
        {queue.length === 0 ? "Queue" : `${count(queue.length, "mark")} to judge`}
      </h2>
      <div className={css.list}>
        <QueueList desk={desk} />
      </div>
    </aside>
  );
}
