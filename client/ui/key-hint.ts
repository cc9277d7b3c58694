import { createContext, useContext } from "react";

/** Says with which keys a command can be run now: null for none, undefined where nobody knows. */
export type KeyHints = (command: string) => string | null | undefined;

export const KeyHintContext = createContext<KeyHints>(() => undefined);

export function useKeyHints(): KeyHints {
  return useContext(KeyHintContext);
}

/** "Undo (Ctrl+Z)": a name with the keys of its command, if it has some. */
export function useNameWithKeys(): (name: string, command: string) => string {
  const hints = useKeyHints();
  return (name, command) => {
    const keys = hints(command);
    return keys ? `${name} (${keys})` : name;
  };
}
