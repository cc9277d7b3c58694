import { createSpotlight, Spotlight, useSpotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import "@mantine/spotlight/styles.layer.css";
import { IconSearch } from "@tabler/icons-react";
import type { Command } from "./command.ts";
import { KeyCaps } from "./key-caps.tsx";

const [store, palette] = createSpotlight();

/** Opens the palette from anywhere in the page that shows it. */
export const openPalette = palette.open;

/** Every command that makes sense now, by name. */
export function Palette({ commands }: { commands: readonly Command[] }) {
  // The list is long and the palette rarely open.
  const { opened } = useSpotlight(store);
  const offered = !opened
    ? []
    : commands.filter((command) => command.keysOnly !== true && command.when?.() !== false);
  const actions: SpotlightActionGroupData[] = [...Map.groupBy(offered, (command) => command.group)].map(
    ([group, list]) => ({
      group,
      actions: list.map((command) => ({
        id: command.id,
        label: command.title,
        keywords: `${group} ${command.words ?? ""}`,
        rightSection: command.keys?.[0] === undefined ? null : <KeyCaps keys={command.keys[0]} />,
        onClick: command.run,
      })),
    }),
  );
  return (
    <Spotlight
      store={store}
      actions={actions}
      shortcut={null}
      attributes={{ content: { "aria-label": "Commands" } }}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      highlightQuery
      scrollable
      maxHeight={420}
      nothingFound="Nothing is called that. Try a tag, a heading or a verb."
      searchProps={{
        "aria-label": "Search commands",
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: "What do you want to do?",
      }}
    />
  );
}
