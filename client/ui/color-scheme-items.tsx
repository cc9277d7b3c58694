import { Menu, useMantineColorScheme } from "@mantine/core";
import { COLOR_SCHEMES, parseColorScheme } from "./color-scheme-choice.tsx";

/** Light, dark, or what the system says, inside a menu. */
export function ColorSchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(choice) => setColorScheme(parseColorScheme(choice))}>
      <Menu.Label>Colours</Menu.Label>
      {COLOR_SCHEMES.map(({ value, label }) => (
        <Menu.RadioItem key={value} value={value}>
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
