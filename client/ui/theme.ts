import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Mantine follows the tokens of tokens.css; nothing here names a colour that is not also there. */

const ink: MantineColorsTuple = [
  "#eef3f9",
  "#dde7f3",
  "#c1d6f2",
  "#a9c6ec",
  "#7ea5d6",
  "#5583bb",
  "#3b689f",
  "#2b5182",
  "#1f3f66",
  "#152c49",
];

/** Warm like the canvas by day, blue like it by night. */
const gray: MantineColorsTuple = [
  "#f7f6f2",
  "#f1efe9",
  "#e8e6df",
  "#d9d7cf",
  "#c9c6bd",
  "#a9a69d",
  "#696861",
  "#575652",
  "#3a3936",
  "#262523",
];
const dark: MantineColorsTuple = [
  "#e8e8e8",
  "#adb1b8",
  "#989da6",
  "#737a86",
  "#3d434d",
  "#2a2f38",
  "#1b1f26",
  "#14171c",
  "#0f1115",
  "#0b0d10",
];

const ON: Readonly<Record<string, string>> = {
  ink: "var(--gloss-on-accent)",
  red: "var(--gloss-on-danger)",
};

/** Filled buttons are dark on paper and light on the dark canvas, so their text changes sides. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const on = ON[input.color ?? "ink"];
  return input.variant === "filled" && on !== undefined ? { ...colors, color: on } : colors;
};

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 8, dark: 3 },
  colors: { ink, gray, dark },
  variantColorResolver,
  white: "#ffffff",
  black: "#1a1a1a",
  fontFamily: "var(--gloss-font-sans)",
  fontFamilyMonospace: "var(--gloss-font-mono)",
  headings: { fontFamily: "var(--gloss-font-serif)", fontWeight: "600", textWrap: "balance" },
  radius: { xs: "3px", sm: "4px", md: "8px", lg: "14px", xl: "24px" },
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "lg" } },
    Modal: {
      defaultProps: {
        centered: true,
        padding: "lg",
        radius: "lg",
        closeButtonProps: { "aria-label": "Close" },
        overlayProps: { backgroundOpacity: 0.4 },
        // A dialog's head is no banner of the page.
        attributes: { header: { role: "presentation" } },
      },
    },
    Drawer: { defaultProps: { attributes: { header: { role: "presentation" } } } },
    Menu: {
      defaultProps: {
        radius: "md",
        shadow: "none",
        // Inside its landmark, with the focus on the first item: as the pattern for menus has it.
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    PasswordInput: { defaultProps: { visibilityToggleButtonProps: { "aria-label": "Show password" } } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: false }, openDelay: 300 } },
  },
});

const shared = {
  "--mantine-color-text": "var(--gloss-ink)",
  "--mantine-color-bright": "var(--gloss-ink)",
  "--mantine-color-body": "var(--gloss-paper)",
  "--mantine-color-dimmed": "var(--gloss-ink-2)",
  "--mantine-color-placeholder": "var(--gloss-ink-3)",
  "--mantine-color-anchor": "var(--gloss-link)",
  "--mantine-color-error": "var(--gloss-danger)",
  "--mantine-color-success": "var(--gloss-good)",
  "--mantine-color-default": "var(--gloss-paper)",
  "--mantine-color-default-hover": "var(--gloss-hover)",
  "--mantine-color-default-color": "var(--gloss-ink)",
  "--mantine-color-default-border": "var(--gloss-line-button)",
  "--mantine-color-disabled": "var(--gloss-sunken)",
  "--mantine-color-disabled-color": "var(--gloss-ink-3)",
  "--mantine-color-disabled-border": "var(--gloss-line)",
  "--mantine-color-ink-filled": "var(--gloss-accent)",
  "--mantine-color-ink-filled-hover": "var(--gloss-accent-hover)",
  "--mantine-color-ink-light": "var(--gloss-accent-soft)",
  "--mantine-color-ink-light-hover": "var(--gloss-accent-soft)",
  "--mantine-color-ink-light-color": "var(--gloss-accent)",
  "--mantine-color-ink-text": "var(--gloss-accent)",
  "--mantine-color-ink-outline": "var(--gloss-accent)",
  "--mantine-color-gray-text": "var(--gloss-ink-2)",
  "--mantine-color-gray-light-color": "var(--gloss-ink-2)",
  "--mantine-color-gray-light-hover": "var(--gloss-hover)",
  "--mantine-color-red-filled": "var(--gloss-danger)",
  "--mantine-color-red-filled-hover": "var(--gloss-danger)",
  "--mantine-color-red-text": "var(--gloss-danger)",
  "--mantine-color-red-light": "var(--gloss-danger-soft)",
  "--mantine-color-red-light-color": "var(--gloss-danger)",
  "--mantine-color-red-outline": "var(--gloss-danger)",
  "--mantine-primary-color-contrast": "var(--gloss-on-accent)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    "--mantine-shadow-sm": "var(--gloss-shadow-low)",
    "--mantine-shadow-md": "var(--gloss-shadow)",
    "--mantine-shadow-xl": "var(--gloss-shadow)",
  },
  light: shared,
  dark: shared,
});
