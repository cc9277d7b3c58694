import { useCallback, useMemo, useState } from "react";
import { usePointing } from "../../feature/annotate/use-pointing.ts";
import { fieldText, pickedInto, withField } from "../../feature/margin/fields.ts";
import type { EditorHandle, TextRange } from "../../editor/types.ts";
import type { ArticleSession, Placed } from "../../session/contract.ts";
import { announce } from "../../ui/announcer.tsx";

/** A field that waits for words of the text. */
export type Picking = {
  readonly key: string;
  readonly id: string;
  readonly attribute: string;
  readonly label: string;
};

export type Pick = {
  readonly picking: Picking | null;
  readonly start: (placed: Placed, attribute: string) => void;
  readonly cancel: () => void;
  /** A selection came to rest: by pointer it is taken at once, by keys it waits for `take`. */
  readonly onSelection: (range: TextRange | null) => void;
  readonly take: () => void;
};

type Options = {
  readonly session: ArticleSession;
  readonly editor: () => EditorHandle | null;
  readonly selection: TextRange | null;
  readonly onPicked: (key: string) => void;
};

/** Fills fields with words that are selected in the text. */
export function usePick({ session, editor, selection, onPicked }: Options): Pick {
  const [picking, setPicking] = useState<Picking | null>(null);
  const pointing = usePointing();

  const start = useCallback(
    (placed: Placed, attribute: string) => {
      const label = session.codebook.attributes.find(({ id }) => id === attribute)?.label ?? attribute;
      setPicking({ key: placed.key, id: placed.annotation.id, attribute, label });
      announce(`Select the words for ${label}, then press Enter. Escape cancels.`);
      editor()?.focus();
    },
    [session, editor],
  );
  const cancel = useCallback(() => setPicking(null), []);

  const fill = useCallback(
    (range: TextRange) => {
      const words = editor()?.textBetween(range) ?? "";
      const attribute = session.codebook.attributes.find(({ id }) => id === picking?.attribute);
      const mark = picking && session.markup.get().byKey.get(picking.key);
      if (!picking || !mark || !attribute || words.trim() === "") return;
      const { fields } = mark.annotation;
      const value = pickedInto(attribute, fields[attribute.id], words);
      session.changeMark(picking.id, { fields: withField(fields, attribute.id, value) });
      setPicking(null);
      announce(`${attribute.label}: ${fieldText(attribute, value)}`);
      onPicked(picking.key);
    },
    [session, editor, picking, onPicked],
  );
  const onSelection = useCallback(
    (range: TextRange | null) => {
      if (range && pointing() !== "keys") fill(range);
    },
    [fill, pointing],
  );
  const take = useCallback(() => {
    if (selection) fill(selection);
  }, [fill, selection]);

  return useMemo(
    () => ({ picking, start, cancel, onSelection, take }),
    [picking, start, cancel, onSelection, take],
  );
}
