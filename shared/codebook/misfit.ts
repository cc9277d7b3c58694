/** The ways in which a mark can say something that a codebook has no place for. */

export const MISFITS = [
  /** A tag that the codebook does not have. */
  "tag",
  /** A tag that is switched off. */
  "tag-off",
  /** Several tags where one is allowed. */
  "exclusive",
  /** A field that the codebook does not have. */
  "field",
  /** A field that none of the mark's tags takes. */
  "field-off",
  /** A value that the field does not take. */
  "value",
  /** A link that the codebook does not have, or that is switched off. */
  "link",
  /** A link whose ends the codebook does not allow. */
  "link-end",
] as const;
export type MisfitKind = (typeof MISFITS)[number];

/** `subject`: the id of the tag, the field or the link; empty for `exclusive`. */
export type Misfit = { readonly kind: MisfitKind; readonly subject: string };
