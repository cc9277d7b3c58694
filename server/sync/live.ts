import type * as Y from "yjs";
import type { Person } from "#shared/model/snapshot.ts";

/**
 * What the deciding road may ask of the live documents. The hub fulfils it, so commands never import
 * the sync server.
 */
export interface Live {
  /**
   * Changes a room as the server, or as `user` in their own layer. Resolves when the change is on disk
   * and on its way to everybody; rejects with StoreUnavailable, then nothing was changed.
   */
  write(room: string, user: string | null, change: (doc: Y.Doc) => void): Promise<void>;
  /** Reads a room's current document. The document must not be kept or changed. */
  read<T>(room: string, look: (doc: Y.Doc) => T): Promise<T>;
  /** Writes `update` as the first entry of an empty room; false when the room already has content. */
  seed(room: string, update: Uint8Array): Promise<boolean>;
  /** Closes what rested on rights that have changed, so that each client is judged anew. Empty scopes are refused. */
  rightsChanged(scope: { user?: string; article?: string; credential?: string }): void;
  /** Who has an article's text open now; each person once. */
  present(article: string): readonly Person[];
  /** Called after entries of a room are committed. */
  onCommitted(listener: (room: string, user: string) => void): () => void;
}

/** What the sync server asks of the rest. */
export interface ArticleDirectory {
  /** Null when there is no such article. */
  find(
    id: string,
  ): Promise<{ readonly archived: boolean; readonly blind: boolean; readonly epoch: number } | null>;
  /**
   * Called when somebody first writes into their layer, so that they stand in the roster; and again in
   * later runs of the server, in case that was lost, so it must change nothing the second time.
   */
  onNewAuthor(article: string, user: string): Promise<void>;
}
