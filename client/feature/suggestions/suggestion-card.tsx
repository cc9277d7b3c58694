import { CloseButton } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useBeside } from "../../ui/use-beside.ts";
import type { Deciding } from "./deciding.ts";
import type { SuggestionDesk } from "./desk.ts";
import css from "./float.module.css";
import type { Row } from "./rows.ts";
import { SuggestionItem } from "./suggestion-item.tsx";
import { sentenceOf } from "./words.ts";

/** The suggestion before me at its words, with the keyboard in it. */
export function SuggestionCard({
  desk,
  deciding,
  row,
  text,
  place,
  docked,
  onLeave,
}: {
  desk: SuggestionDesk;
  deciding: Deciding;
  row: Row;
  text: HTMLElement | null;
  place: () => DOMRect | null;
  docked: boolean;
  onLeave: () => void;
}) {
  const card = useRef<HTMLElement>(null);
  useBeside(card, { text, placement: "bottom", place, floats: !docked });
  const { id } = row.suggestion;
  useEffect(() => {
    const first = card.current?.querySelector<HTMLElement>("[data-first]") ?? card.current;
    first?.focus({ preventScroll: true });
  }, [id]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is heard on its way up
    <section
      ref={card}
      tabIndex={-1}
      className={css.float}
      data-docked={docked || undefined}
      data-region="suggestion"
      aria-label={sentenceOf(row.suggestion, row.suggestion.by.name)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onLeave();
      }}
    >
      <CloseButton className={css.close} size="sm" aria-label="Close" onClick={onLeave} />
      <SuggestionItem desk={desk} deciding={deciding} row={row} onShow={null} />
    </section>
  );
}
