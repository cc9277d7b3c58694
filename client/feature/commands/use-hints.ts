import { useCallback, useMemo } from "react";
import type { KeyHints } from "../../ui/key-hint.ts";
import type { Command } from "./command.ts";
import { isSingleKey, keyCaps, onMac, parseKeys } from "./keys.ts";

/** The keys that work now, in words, by command. The same function again while they are the same. */
export function useHints(
  commands: readonly Command[],
  { singleKeys, editing }: { singleKeys: boolean; editing: boolean },
): KeyHints {
  const mac = onMac(navigator.platform);
  const works = (keys: string) =>
    (singleKeys || !isSingleKey(keys)) && !(editing && parseKeys(keys).every(({ mod, alt }) => !mod && !alt));
  const text = commands
    .filter(({ keys = [] }) => keys.length > 0)
    .map(({ id, keys = [] }) => [id, inWords(keys.find(works), mac)].join("\t"))
    .join("\n");
  const byId = useMemo(
    () => new Map(text.split("\n").map((line) => [line.split("\t")[0] ?? "", line.split("\t")[1] ?? ""])),
    [text],
  );
  return useCallback((id) => byId.get(id) || null, [byId]);
}

function inWords(keys: string | undefined, mac: boolean): string {
  if (keys === undefined) return "";
  return keyCaps(keys, mac)
    .map((caps) => caps.join(mac ? "" : "+"))
    .join(" then ");
}
