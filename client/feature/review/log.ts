/** What I did in this review, the latest last. */
export type Done = {
  /** The verdict it made. */
  readonly verdict: string;
  /** The mark it was about; null for a paragraph. */
  readonly key: string | null;
  /** In a word, as it is shown and said. */
  readonly word: string;
};
