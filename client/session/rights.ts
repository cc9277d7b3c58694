import { CORE_API } from "#shared/wire/core.ts";
import { can, type Role } from "#shared/model/role.ts";
import { Cell } from "./cell.ts";

/** What the server says I am, asked again whenever rights changed. */
export type Judge = {
  role(): Promise<Role>;
  epoch(articleId: string): Promise<number>;
};

/** Asks over HTTP, with the browser's own session. */
export function httpJudge(baseUrl: string): Judge {
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(`${baseUrl}/api/v1${path}`, {
      headers: { accept: "application/json" },
      credentials: "same-origin",
    });
    if (!response.ok) throw new Error(`${path} answered ${String(response.status)}`);
    return response.json();
  };
  return {
    role: async () => CORE_API.getMe.result.parse(await read(CORE_API.getMe.path)).role,
    epoch: async (articleId) =>
      CORE_API.getArticle.result.parse(await read(`/articles/${encodeURIComponent(articleId)}`)).epoch,
  };
}

/** What I may do in this article now; follows my role and the article's rest in the archive. */
export class Rights {
  readonly canEditText: Cell<boolean>;
  readonly canAnnotate: Cell<boolean>;
  readonly current: Cell<Role>;
  readonly #me: string;
  readonly #judge: Judge;
  #archived: boolean;
  #asking: Promise<void> | null = null;

  constructor(me: { readonly id: string; readonly role: Role }, archived: boolean, judge: Judge) {
    this.#me = me.id;
    this.current = new Cell(me.role);
    this.#archived = archived;
    this.#judge = judge;
    this.canEditText = new Cell(this.#may("text.write"));
    this.canAnnotate = new Cell(this.#may("layer.write"));
  }

  get role(): Role {
    return this.current.get();
  }

  /** Why I may write nothing. */
  get readOnlyReason(): string {
    return this.#archived
      ? "This article is archived. Restore it to go on."
      : "Your role lets you read. Ask an owner for more.";
  }

  setArchived(archived: boolean): void {
    this.#archived = archived;
    this.#publish();
  }

  /** Asks the server once for all who ask meanwhile. Without an answer things stay as they are. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    this.current.set(await this.#judge.role().catch(() => this.role));
    this.#publish();
  }

  #may(verb: "text.write" | "layer.write"): boolean {
    return can({ id: this.#me, role: this.role }, verb, { owner: this.#me, archived: this.#archived });
  }

  #publish(): void {
    this.canEditText.set(this.#may("text.write"));
    this.canAnnotate.set(this.#may("layer.write"));
  }
}
