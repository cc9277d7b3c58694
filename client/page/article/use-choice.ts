import { useCallback, useMemo, useRef, useState } from "react";
import type { FocusWish } from "../../feature/margin/actions.ts";
import { clickStack } from "../../feature/margin/stack.ts";

/** Which mark is chosen and which is pointed at. */
export type Choice = {
  readonly activeKey: string | null;
  readonly hoverKey: string | null;
  readonly wantsFocus: FocusWish;
  readonly open: (key: string, focus?: FocusWish) => void;
  readonly close: () => void;
  readonly hover: (key: string | null) => void;
  readonly onFocused: () => void;
  /** A click on marks in the text, the smallest first. */
  readonly click: (keys: readonly string[]) => void;
};

/** `byKey`: the marks there are; a chosen mark that goes is no longer chosen. */
export function useChoice(byKey: ReadonlyMap<string, unknown>): Choice {
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [hoverKey, setHoverKey] = useState<string | null>(null);
  const [wantsFocus, setWantsFocus] = useState<FocusWish>(null);
  const lastClick = useRef<readonly string[] | null>(null);
  const now = useRef<string | null>(null);

  const choose = useCallback((key: string | null, focus: FocusWish) => {
    now.current = key;
    setChosenKey(key);
    setWantsFocus(key === null ? null : focus);
  }, []);
  const open = useCallback(
    (key: string, focus: FocusWish = null) => {
      lastClick.current = null;
      choose(key, focus);
    },
    [choose],
  );
  const close = useCallback(() => {
    lastClick.current = null;
    choose(null, null);
  }, [choose]);
  const click = useCallback(
    (keys: readonly string[]) => {
      choose(clickStack(keys, now.current, lastClick.current), null);
      lastClick.current = keys;
    },
    [choose],
  );
  const onFocused = useCallback(() => setWantsFocus(null), []);

  const there = chosenKey !== null && byKey.has(chosenKey) ? chosenKey : null;

  return useMemo(
    () => ({ activeKey: there, hoverKey, wantsFocus, open, close, hover: setHoverKey, onFocused, click }),
    [there, hoverKey, wantsFocus, open, close, onFocused, click],
  );
}
