/** The codebook in the making, and what publishing did to existing marks. */

/** One row for the workspace. `body` is null while nobody has drafted anything. */
export type CodebookDraftRow = {
  id: string;
  /** Goes up with every change and never back. */
  revision: number;
  /** The version that the draft was begun with. */
  base: string | null;
  body: string | null;
  /** What is to become of existing marks, as JSON. */
  plan: string;
  saved_by: string | null;
  saved_at: number | null;
};

/** A codebook that was published, and what became of existing marks: one act, which can be undone. */
export type CodebookActRow = {
  id: string;
  nth: number;
  made_by: string;
  made_at: number;
  /** The version that it brought, and the one that was in force before it. */
  codebook: string;
  before: string;
  note: string;
  plan: string;
  /** `running`, `done`, `undoing` or `undone`. */
  status: string;
  /** How many marks it was to change when it began. */
  total: number;
  ended_at: number | null;
  undone_by: string | null;
  undone_at: number | null;
};

/** Changes of one act to some marks of one room, written down before they are made. */
export type CodebookActPartRow = {
  act_id: string;
  nth: number;
  room: string;
  /** `waiting`, `done` or `undone`. */
  status: string;
  marks: number;
  /** What each mark said before and after, as JSON. */
  changes: string;
};

export type CodebookTables = {
  codebook_draft: CodebookDraftRow;
  codebook_act: CodebookActRow;
  codebook_act_part: CodebookActPartRow;
};
