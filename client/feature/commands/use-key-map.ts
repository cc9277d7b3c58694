import { useLocalStorage } from "@mantine/hooks";
import { parseKeyMap, type KeyMap } from "./key-map.ts";

/** The keys a person has chosen, remembered on this device for each person. */
export function useKeyMap(person: string): readonly [KeyMap, (map: KeyMap) => void] {
  const [map, setMap] = useLocalStorage<KeyMap>({
    key: `gloss.keys.${person}`,
    defaultValue: {},
    getInitialValueInEffect: false,
    serialize: (value) => JSON.stringify(value),
    deserialize: (stored) => parseKeyMap(stored),
  });
  return [map, setMap];
}
