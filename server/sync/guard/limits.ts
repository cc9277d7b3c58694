/** What one update may hold and how far a document may grow. Bytes are of update v1. */
export type GuardLimits = {
  /** Bytes of one update. */
  readonly updateBytes: number;
  /** Structs of one update. */
  readonly structs: number;
  /** Clients that one update may bring changes of. */
  readonly clients: number;
  /** Ranges in the delete set of one update. */
  readonly deleteRanges: number;
  /** Clock up to which one client may count; also bounds the length of a struct. */
  readonly clock: number;
  /** Types inside types, the root being 0. */
  readonly depth: number;
  /** Bytes of a map key, attribute name, mark name or node name. */
  readonly keyBytes: number;
  /** Bytes of one value: a map entry, attribute, mark value or binary. */
  readonly valueBytes: number;
  /** Objects inside objects of one value. */
  readonly valueDepth: number;
  /** Numbers, strings, lists and so on in all values of one update. */
  readonly valueNodes: number;
  /** Structs that Yjs may have to pass, or the like, to put the structs of one update in place. */
  readonly effort: number;
  /** Live text of a text room, in UTF-16 code units. */
  readonly textUnits: number;
  /** Live annotations of a layer. */
  readonly annotations: number;
  /** Bytes of a whole document, deleted parts included as far as they are kept. */
  readonly documentBytes: number;
  /** Client ids that one user may own in one room. */
  readonly clientsPerUser: number;
};

const MEBI = 2 ** 20;

export const GUARD_LIMITS: GuardLimits = {
  updateBytes: 4 * MEBI,
  structs: 500_000,
  clients: 1_000,
  deleteRanges: 500_000,
  clock: 2 ** 32,
  depth: 100,
  keyBytes: 1_024,
  valueBytes: MEBI,
  valueDepth: 32,
  valueNodes: 2_000_000,
  effort: 10_000_000,
  textUnits: 20 * MEBI,
  annotations: 200_000,
  documentBytes: 256 * MEBI,
  clientsPerUser: 20_000,
};
