import { Drawer } from "@mantine/core";
import { Filters, type FiltersProps } from "./filters.tsx";

/** The filters over the text, where there is no room beside it. */
export function FiltersDrawer({ opened, ...props }: FiltersProps & { readonly opened: boolean }) {
  return (
    <Drawer
      opened={opened}
      onClose={props.onLeave}
      size={320}
      title="Filters and outline"
      closeButtonProps={{ "aria-label": "Close filters and outline" }}
    >
      <Filters {...props} />
    </Drawer>
  );
}
