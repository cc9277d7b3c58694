import { latePart } from "../../ui/late-part.tsx";

/** Reading dates takes a large library: it comes with the first date. */
export const lateDateMeaning = latePart(async () => (await import("./date-meaning.tsx")).DateMeaning);
