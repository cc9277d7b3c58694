import type { Logger } from "pino";
import type { ArticleDirectory } from "./live.ts";
import type { Room } from "./room.ts";

/** Sees to it that the author of a layer with content stands in the article's roster. */
export class Announcer {
  readonly #directory: ArticleDirectory;
  readonly #logger: Logger;
  readonly #announced = new WeakSet<Room>();

  constructor(directory: ArticleDirectory, logger: Logger) {
    this.#directory = directory;
    this.#logger = logger;
  }

  /** Announces the owner of a layer room that has content; once while it is in memory, unless that fails. */
  announce(room: Room): void {
    if (room.id.kind !== "layer" || room.empty || this.#announced.has(room)) return;
    this.#announced.add(room);
    this.#directory.onNewAuthor(room.id.article, room.id.user).catch((error: unknown) => {
      this.#announced.delete(room);
      this.#logger.error({ err: error, room: room.name }, "an author could not be entered in the roster");
    });
  }
}
