import { useFocusWithin, useHover, useMergedRef } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { focused, focusOr } from "./focus.ts";
import { dismiss, type Notice, noticeStore } from "./notify.ts";
import css from "./toaster.module.css";

/** Milliseconds a message stays; the clock rests while it is pointed at or focused. */
export const STAYS = 8_000;

/**
 * Where messages appear. The list is one polite live region that is always there, so that every
 * message is said once. F8 leads into it.
 */
export function Toaster() {
  const notices = useSyncExternalStore(noticeStore.subscribe, noticeStore.get);
  const region = useRef<HTMLElement>(null);
  const before = useRef<HTMLElement | null>(null);

  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== "F8") return;
      const button = region.current?.querySelector<HTMLElement>("button");
      if (!button || region.current?.contains(document.activeElement)) return;
      before.current = focused();
      button.focus();
    };
    window.addEventListener("keydown", jump);
    return () => window.removeEventListener("keydown", jump);
  }, []);

  return (
    <section ref={region} className={css.region} aria-label="Messages (F8)">
      <ul className={css.list} aria-live="polite" aria-relevant="additions">
        {notices.map((notice) => (
          <Toast key={notice.id} notice={notice} onGone={() => focusOr(before.current)} />
        ))}
      </ul>
    </section>
  );
}

/** `onGone` is called when a message goes that had the focus. */
function Toast({ notice, onGone }: { notice: Notice; onGone: () => void }) {
  const { hovered, ref: hover } = useHover();
  const { focused, ref: focus } = useFocusWithin();
  const ref = useMergedRef(hover, focus);
  const held = hovered || focused;
  const { id, action } = notice;
  const end = () => {
    dismiss(id);
    onGone();
  };

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(id), STAYS);
    return () => clearTimeout(timer);
  }, [held, id]);

  return (
    <li ref={ref} className={css.toast} data-tone={notice.tone}>
      <span className={css.message}>{notice.message}</span>
      {action && (
        <button
          type="button"
          className={css.action}
          onClick={() => {
            end();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={css.close} aria-label="Dismiss" onClick={end}>
        <IconX size={16} aria-hidden />
      </button>
    </li>
  );
}
