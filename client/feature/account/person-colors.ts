/** Colours a person can choose, each with a contrast of at least 4.5 to 1 against white. */
export const PERSON_COLORS = [
  { value: "#B4231F", name: "Red" },
  { value: "#B54708", name: "Rust" },
  { value: "#7A5B00", name: "Ochre" },
  { value: "#3F6212", name: "Moss" },
  { value: "#15803D", name: "Green" },
  { value: "#0F766E", name: "Teal" },
  { value: "#0E7490", name: "Petrol" },
  { value: "#1D4ED8", name: "Blue" },
  { value: "#4F46E5", name: "Indigo" },
  { value: "#7C3AED", name: "Violet" },
  { value: "#A21CAF", name: "Purple" },
  { value: "#BE185D", name: "Pink" },
] as const;
