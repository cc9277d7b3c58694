import type { AppendGroup } from "../group.ts";
import type { LogSizes } from "../log.ts";
import type { PageMark } from "../page.ts";
import type { PackedRows } from "./packed-rows.ts";

/** What the log asks of its worker thread and what comes back. Bytes travel in buffers of their own. */

export type Request =
  | { readonly do: "open" }
  /** `retry`: an earlier worker died with this; look first whether it was written. */
  | {
      readonly do: "append";
      readonly mark: PageMark;
      readonly groups: readonly AppendGroup[];
      readonly retry: boolean;
    }
  | { readonly do: "load"; readonly room: string }
  | { readonly do: "compact"; readonly room: string; readonly upTo: number; readonly state: Uint8Array }
  | { readonly do: "history"; readonly room: string; readonly after: number; readonly limit: number }
  | { readonly do: "rooms"; readonly after: string; readonly limit: number }
  | { readonly do: "sizes" }
  | { readonly do: "probe" }
  | { readonly do: "close" };

export type LoadedRoom = {
  readonly snapshot: { readonly state: Uint8Array<ArrayBuffer>; readonly upTo: number } | null;
  readonly rows: PackedRows;
  readonly owners: readonly (readonly [number, string])[];
  readonly lastSeq: number;
  /** What was found damaged and could be done without. */
  readonly notes: readonly string[];
};

export type Results = {
  readonly open: null;
  /** The sequence number of each group's first entry. */
  readonly append: readonly number[];
  readonly load: LoadedRoom;
  readonly compact: null;
  readonly history: PackedRows;
  readonly rooms: readonly string[];
  readonly sizes: LogSizes;
  readonly probe: null;
  readonly close: null;
};

export type Failure =
  | { readonly kind: "unavailable"; readonly message: string }
  | { readonly kind: "corrupt"; readonly message: string }
  | { readonly kind: "clash"; readonly entry: number; readonly client: number }
  | { readonly kind: "bug"; readonly message: string };

export type Answer =
  | { readonly id: number; readonly ok: true; readonly result: Results[keyof Results] }
  | { readonly id: number; readonly ok: false; readonly failure: Failure };
