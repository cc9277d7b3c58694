import { useLocalStorage } from "@mantine/hooks";
import { useMemo, useState } from "react";
import type { CodebookPlace } from "../../feature/codebook/codebook-panel.tsx";
import type { EditorMode } from "../../editor/types.ts";

/** What is open on the page. What a person would miss after a reload is remembered on this device. */
export type Screen = {
  readonly mode: EditorMode;
  readonly setMode: (mode: EditorMode) => void;
  readonly panel: boolean;
  readonly setPanel: (open: boolean) => void;
  /** All marks as a list: in place of the margin, or over the text where there is no room beside it. */
  readonly list: boolean;
  readonly setList: (open: boolean) => void;
  /** The map of the whole article beside the text. */
  readonly minimap: boolean;
  readonly setMinimap: (shown: boolean) => void;
  readonly singleKeys: boolean;
  readonly setSingleKeys: (on: boolean) => void;
  /** Signs at the ends of selected words stay out of their mark. */
  readonly trimSigns: boolean;
  readonly setTrimSigns: (on: boolean) => void;
  readonly codebook: CodebookPlace | null;
  readonly setCodebook: (place: CodebookPlace | null) => void;
  /** The tag whose marks are shown in context; null: none. */
  readonly context: string | null;
  readonly setContext: (tag: string | null) => void;
  readonly palette: boolean;
  readonly setPalette: (open: boolean) => void;
  readonly keys: boolean;
  readonly setKeys: (open: boolean) => void;
  readonly share: boolean;
  readonly setShare: (open: boolean) => void;
};

/** `roomy`: there is room for the panel beside the text, so it may stay open; `narrow`: there is no margin. */
export function useScreen({ roomy, narrow }: { roomy: boolean; narrow: boolean }): Screen {
  const [edit, setEdit] = useRemembered("gloss.edit", false);
  const [suggest, setSuggest] = useRemembered("gloss.suggest", false);
  const [wide, setWide] = useRemembered("gloss.panel", true);
  const [drawer, setDrawer] = useState(false);
  const [listBeside, setListBeside] = useRemembered("gloss.list", false);
  const [listOver, setListOver] = useState(false);
  const [list, setList] = narrow ? [listOver, setListOver] : [listBeside, setListBeside];
  const [minimap, setMinimap] = useRemembered("gloss.minimap", true);
  const [singleKeys, setSingleKeys] = useRemembered("gloss.single-keys", true);
  const [trimSigns, setTrimSigns] = useRemembered("gloss.trim-signs", true);
  const [codebook, setCodebook] = useState<CodebookPlace | null>(null);
  const [context, setContext] = useState<string | null>(null);
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const [share, setShare] = useState(false);
  return useMemo(
    () => ({
      mode: edit ? "edit" : suggest ? "suggest" : "annotate",
      setMode: (mode) => {
        setEdit(mode === "edit");
        setSuggest(mode === "suggest");
      },
      panel: roomy ? wide : drawer,
      setPanel: roomy ? setWide : setDrawer,
      list,
      setList,
      minimap,
      setMinimap,
      singleKeys,
      setSingleKeys,
      trimSigns,
      setTrimSigns,
      codebook,
      setCodebook,
      context,
      setContext,
      palette,
      setPalette,
      keys,
      setKeys,
      share,
      setShare,
    }),
    [
      edit,
      setEdit,
      suggest,
      setSuggest,
      roomy,
      drawer,
      wide,
      setWide,
      list,
      setList,
      minimap,
      setMinimap,
      singleKeys,
      setSingleKeys,
      trimSigns,
      setTrimSigns,
      codebook,
      context,
      palette,
      keys,
      share,
    ],
  );
}

/** A yes or no that this device remembers. */
export function useRemembered(key: string, before: boolean): readonly [boolean, (value: boolean) => void] {
  const [value, setValue] = useLocalStorage<boolean>({
    key,
    defaultValue: before,
    getInitialValueInEffect: false,
    serialize: (yes) => (yes ? "yes" : "no"),
    deserialize: (stored) => (stored === undefined ? before : stored === "yes"),
  });
  return [value, setValue];
}
