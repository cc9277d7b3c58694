import { localStorageColorSchemeManager } from "@mantine/core";

/** Remembers light, dark or auto under the name that public/before.js reads before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: "gloss-color-scheme" });
