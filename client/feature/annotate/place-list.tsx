import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { number } from "../../ui/count.ts";
import css from "./place-list.module.css";

/** Words with what stands around them. */
export type PlaceLine = {
  readonly start: number;
  readonly before: string;
  readonly words: string;
  readonly after: string;
};

/** Places with a check box each; `left` are those left out, by their start. */
export function PlaceList({
  places,
  left,
  onChange,
  describedBy,
}: {
  places: readonly PlaceLine[];
  left: ReadonlySet<number>;
  onChange: (left: ReadonlySet<number>) => void;
  describedBy: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing it gives goes to a memoised component
  const virtual = useVirtualizer({
    count: places.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 36,
    getItemKey: (at) => places[at]?.start ?? at,
    initialRect: { width: 600, height: 300 },
    overscan: 6,
  });
  const out = places.filter(({ start }) => left.has(start)).length;
  const toggle = (start: number) => {
    const next = new Set(left);
    if (!next.delete(start)) next.add(start);
    onChange(next);
  };
  return (
    <div className={css.places}>
      <Checkbox
        size="xs"
        className={css.all}
        label={out === 0 ? "All" : `${number(places.length - out)} of ${number(places.length)}`}
        checked={out === 0}
        indeterminate={out > 0 && out < places.length}
        onChange={() => onChange(out === 0 ? new Set(places.map(({ start }) => start)) : new Set())}
      />
      <div ref={scroller} className={css.scroller}>
        <ol
          className={css.list}
          aria-label="Places"
          aria-describedby={describedBy}
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((item) => {
            const place = places[item.index];
            if (!place) return null;
            return (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={css.row}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <label className={css.place}>
                  <input
                    type="checkbox"
                    className={css.box}
                    checked={!left.has(place.start)}
                    onChange={() => toggle(place.start)}
                  />
                  <span className={css.context}>
                    {place.before}
                    <mark className={css.words}>{place.words}</mark>
                    {place.after}
                  </span>
                </label>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}
