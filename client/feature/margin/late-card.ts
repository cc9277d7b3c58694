import { latePart } from "../../ui/late-part.tsx";

/** The open card with its fields: nobody needs it before they choose a mark. */
export const lateCard = latePart(async () => (await import("./card.tsx")).Card);
