import { useLocalStorage } from "@mantine/hooks";
import { GROUPINGS, type Grouping } from "./sections.ts";

/** How the list of all marks is grouped, remembered on this device. */
export function useGrouping(): readonly [Grouping, (grouping: Grouping) => void] {
  const [grouping, setGrouping] = useLocalStorage<Grouping>({
    key: "gloss.list-grouping",
    defaultValue: "position",
    getInitialValueInEffect: false,
    serialize: (value) => value,
    deserialize: (stored) => GROUPINGS.find((one) => one === stored) ?? "position",
  });
  return [grouping, setGrouping];
}
