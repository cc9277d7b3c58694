import { Button, Kbd, Textarea } from "@mantine/core";
import { useEffect, useRef } from "react";
import { MOST_PROPOSED, replacedBy } from "#shared/model/suggestion.ts";
import { useBeside } from "../../ui/use-beside.ts";
import type { Pending, SuggestionDesk } from "./desk.ts";
import css from "./float.module.css";

/** A field for what is to stand in place of the words; what is written shows in the text at once. */
export function SuggestForm({
  desk,
  pending,
  text,
  place,
  docked,
  onDone,
}: {
  desk: SuggestionDesk;
  pending: Pending;
  /** The text box, and where the words are in the window. */
  text: HTMLElement | null;
  place: () => DOMRect | null;
  /** At the lower edge of the screen, above its keyboard. */
  docked: boolean;
  onDone: () => void;
}) {
  const box = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useBeside(box, { text, placement: "bottom", place, floats: !docked });
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  const before = replacedBy(pending);
  const send = () => {
    desk.commit();
    onDone();
  };
  return (
    <form
      ref={box}
      className={css.float}
      data-docked={docked || undefined}
      data-region="suggest"
      aria-label="Suggest a change"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        size="sm"
        autosize
        minRows={1}
        maxRows={6}
        label={before === "" ? "Put in here" : "Put in place of these words"}
        description={before === "" ? null : "Leave it empty to delete them."}
        maxLength={MOST_PROPOSED}
        value={pending.text}
        onChange={(event) => desk.write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          send();
        }}
      />
      <div className={css.acts}>
        <Button type="submit" size="compact-sm" rightSection={docked ? null : <Kbd size="xs">Enter</Kbd>}>
          Suggest
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={docked ? null : <Kbd size="xs">Esc</Kbd>}
          onClick={() => {
            desk.drop();
            onDone();
          }}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}
