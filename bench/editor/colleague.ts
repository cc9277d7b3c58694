import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Member, Product } from "./product.ts";

/** Somebody who edits the same article with a plain client, which costs the measured browser nothing. */
export class Colleague {
  readonly #doc = new Y.Doc();
  readonly #provider: WebsocketProvider;

  private constructor(base: string, article: string, token: string) {
    this.#provider = new WebsocketProvider(
      `${base.replace("http", "ws")}/sync`,
      `article/${article}/text`,
      this.#doc,
      {
        disableBc: true,
        params: { token },
        WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      },
    );
    this.#provider.awareness.setLocalState(null);
  }

  static async enter({ base }: Product, member: Member, article: string): Promise<Colleague> {
    const { token } = await member.call<{ token: string }>("POST", "/tokens", { name: "Bench" });
    const colleague = new Colleague(base, article, token);
    await new Promise<void>((resolve) => {
      colleague.#provider.on("sync", (synced) => {
        if (synced) resolve();
      });
    });
    return colleague;
  }

  /** Types a letter into a block of the article. */
  type(block: number): void {
    const element = this.#doc.getXmlFragment("prosemirror").get(block);
    const text = element instanceof Y.XmlElement ? element.get(0) : null;
    if (!(text instanceof Y.XmlText)) throw new Error("There is no text in this block.");
    text.insert(20, "x");
  }

  leave(): void {
    this.#provider.destroy();
    this.#doc.destroy();
  }
}
