/** Element id of the panel beside the text, which describes the mark before me. */
export const REVIEW_PANEL_ID = "review-panel";
