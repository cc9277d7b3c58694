/**
 * Why an update is refused: the closed list, each with a sentence for the person who sent it. A
 * refusal is final for the sender's copy of the document, so every sentence says how to go on.
 */

const KEEP = "Copy what you changed here, then load the article again.";

export const REFUSALS = {
  malformed: `This change could not be read, so nothing of it was applied. ${KEEP}`,
  impossible: `This change refers to itself or to things that cannot be referred to. ${KEEP}`,
  "foreign-root": `This change writes into a part that this document does not have. ${KEEP}`,
  "foreign-shape": `This change puts something where the document cannot hold it. ${KEEP}`,
  "foreign-client": `This change is signed as somebody else's. ${KEEP}`,
  "reserved-client": `Somebody else is connected under the same number. ${KEEP}`,
  "unowned-client": `This change is signed with a number that belongs to no person. ${KEEP}`,
  subdocument: `Documents inside documents are not supported. ${KEEP}`,
  provenance: `This change makes false what the document says of where its text comes from. ${KEEP}`,
  "too-deep": "This is nested more deeply than Gloss takes. Undo the last indent or quote and try again.",
  "too-large": "This change is larger than Gloss takes at once. Paste it in smaller parts.",
  "too-complex": "This change has more parts than Gloss takes at once. Make it in smaller steps.",
  "text-full": "The article has reached the largest text Gloss keeps. Shorten it, or go on in a new article.",
  "layer-full":
    "Your layer has reached the largest number of annotations Gloss keeps. Delete some, or split the article.",
  "document-full": "This document has reached the largest size Gloss keeps. Go on in a new article.",
  "read-only": "You may read here, not write, so this change was not applied. Ask an owner for more rights.",
} as const satisfies Record<string, string>;

export type RefusalCode = keyof typeof REFUSALS;

/** Ends a check from inside; `checkUpdate` turns it into a verdict, so it never leaves the guard. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(REFUSALS[code]);
    this.code = code;
  }
}
