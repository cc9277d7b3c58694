/** How an anchor stands in the text now. */
export type AnchorState =
  /** Every annotated character is there, together, nothing in between. */
  | "whole"
  /** All there, with text typed inside since. */
  | "edited"
  /** Some of the annotated characters are gone. */
  | "part"
  /** The pieces stand apart with older text between them. */
  | "segments"
  /** None of its characters are left. */
  | "detached"
  /** Its text has not arrived yet. */
  | "locating";
