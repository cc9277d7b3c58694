import type * as Y from "yjs";

type Read = { look(doc: Y.Doc): void; failed(error: unknown): void };

/** Looks at a document that wait until it equals the log. */
export class Reads {
  #waiting: Read[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  /** Queues a look; `doc` is the document when it equals the log already, else null. */
  add<T>(look: (doc: Y.Doc) => T, doc: Y.Doc | null): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const read: Read = {
        look: (current) => {
          try {
            resolve(look(current));
          } catch (error) {
            reject(error);
          }
        },
        failed: reject,
      };
      if (doc) read.look(doc);
      else this.#waiting.push(read);
    });
  }

  serve(doc: Y.Doc): void {
    for (const read of this.#waiting.splice(0)) read.look(doc);
  }

  fail(error: unknown): void {
    for (const read of this.#waiting.splice(0)) read.failed(error);
  }
}
