import { Modal, type ModalProps } from "@mantine/core";
import { useFocusBack } from "./focus.ts";

/** A dialog that is there while it is rendered. Escape and the cross close it; focus goes back. */
export function Dialog(props: Omit<ModalProps, "opened">) {
  useFocusBack();
  return <Modal {...props} opened returnFocus={false} />;
}
