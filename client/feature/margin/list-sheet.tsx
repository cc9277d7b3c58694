import { Drawer } from "@mantine/core";
import { useMemo } from "react";
import { DeskContext, useDesk, type Desk } from "./actions.ts";
import css from "./mark-list.module.css";
import { MarkList, type MarkListProps } from "./mark-list.tsx";

/** The list of all marks over the text, where there is no room beside it. A mark leads back to the text. */
export function ListSheet({
  opened,
  onClose,
  ...props
}: MarkListProps & { readonly opened: boolean; readonly onClose: () => void }) {
  const desk = useDesk();
  const inner = useMemo<Desk>(
    () => ({
      ...desk,
      actions: {
        ...desk.actions,
        open: (key) => {
          onClose();
          desk.actions.open(key, "card");
        },
      },
    }),
    [desk, onClose],
  );
  const cards = useMemo(() => ({ ...props.cards, activeKey: null }), [props.cards]);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="88dvh"
      title="All annotations"
      closeButtonProps={{ "aria-label": "Close the list" }}
      // The card that is opened takes the focus.
      returnFocus={false}
      classNames={{ content: css.sheet, body: css.sheetBody }}
    >
      <DeskContext value={inner}>
        <MarkList {...props} cards={cards} />
      </DeskContext>
    </Drawer>
  );
}
