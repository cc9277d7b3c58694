import { createSpotlight, Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import "@mantine/spotlight/styles.layer.css";
import { IconSearch } from "@tabler/icons-react";
import { useEffect } from "react";
import type { Command } from "./command.ts";
import { KeyCaps } from "./key-caps.tsx";

const [store, spotlight] = createSpotlight();

/** Every command that makes sense now, by name. Open as long as it is shown. */
export function Palette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  useEffect(() => {
    spotlight.open();
    return () => spotlight.close();
  }, []);

  const offered = commands.filter((command) => command.keysOnly !== true && command.when?.() !== false);
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
      transitionProps={{ duration: 0 }}
      highlightQuery
      scrollable
      maxHeight={420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": "Commands found", role: "region" } }}
      nothingFound="Nothing is called that. Try a tag, a heading or a verb."
      onSpotlightClose={onClose}
      searchProps={{
        "aria-label": "Search commands",
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: "What do you want to do?",
      }}
    />
  );
}
