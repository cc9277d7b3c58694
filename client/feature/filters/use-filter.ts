import { useLocalStorage } from "@mantine/hooks";
import { EVERYTHING, parseFilter, type Filter } from "./filter.ts";

/** The filter of one article, remembered on this device. */
export function useFilter(articleId: string): readonly [Filter, (filter: Filter) => void] {
  const [filter, setFilter] = useLocalStorage<Filter>({
    key: `gloss.filter.${articleId}`,
    defaultValue: EVERYTHING,
    getInitialValueInEffect: false,
    sync: false,
    serialize: (value) => JSON.stringify(value),
    deserialize: (stored) => parseFilter(stored ?? null),
  });
  return [filter, setFilter];
}
