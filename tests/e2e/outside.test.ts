import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type Product, startProduct } from "./product.ts";

/** A plain program with npm's y-websocket, a token, and nothing of Gloss. */
let product: Product;
const tokens: Record<string, string> = {};
const ids: Record<string, string> = {};
let article = "";

async function api(path: string, token: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${product.base}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
}

beforeAll(async () => {
  product = await startProduct();
  for (const role of ["owner", "editor", "annotator", "viewer"]) {
    const email = `${role}@example.org`;
    await product.admin("user", "create", "--name", role, "--email", email, "--role", role);
    const token = await product.admin("token", "create", "--email", email);
    tokens[role] = token;
    ids[role] = ((await (await api("/me", token)).json()) as { id: string }).id;
  }
  const list = (await (await api("/articles", tokens["viewer"] ?? "")).json()) as { items: { id: string }[] };
  article = list.items[0]?.id ?? "";
});

afterAll(() => product.stop());

type Client = { doc: Y.Doc; provider: WebsocketProvider; closed: Promise<number> };
const open: Client[] = [];

function connect(room: string, role: string): Client {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${product.base.replace("http", "ws")}/sync`, room, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    params: { token: tokens[role] ?? "" },
    disableBc: true,
  });
  const closed = new Promise<number>((resolve) => {
    provider.on("closed", ({ code }: { code: number }) => resolve(code));
  });
  const client = { doc, provider, closed };
  open.push(client);
  return client;
}

async function synced({ provider }: Client): Promise<void> {
  if (!provider.synced) await new Promise<void>((resolve) => provider.once("sync", () => resolve()));
}

function paragraphs(doc: Y.Doc): string {
  return JSON.stringify(doc.getXmlFragment("prosemirror").toJSON());
}

function until(doc: Y.Doc, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      doc.off("update", look);
      resolve();
    };
    doc.on("update", look);
    look();
  });
}

afterAll(() => {
  for (const { provider, doc } of open) {
    provider.destroy();
    doc.destroy();
  }
});

test("[OUT-1] a y-websocket client with a token reads the text room", async () => {
  const viewer = connect(`article/${article}/text`, "viewer");
  await synced(viewer);
  expect(paragraphs(viewer.doc)).toContain(
    "Following a ceasefire, the UK and France will establish military hubs",
  );
});

test("[OUT-2] as an editor it writes, and colleagues receive it", async () => {
  const editor = connect(`article/${article}/text`, "editor");
  const viewer = connect(`article/${article}/text`, "viewer");
  await Promise.all([synced(editor), synced(viewer)]);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("Written by a script.")]);
  editor.doc.getXmlFragment("prosemirror").push([paragraph]);
  await until(viewer.doc, () => paragraphs(viewer.doc).includes("Written by a script."));
});

test("[OUT-3] as a viewer its write is refused with a final close code, and nobody sees it", async () => {
  const viewer = connect(`article/${article}/text`, "viewer");
  await synced(viewer);
  viewer.doc.getXmlFragment("prosemirror").push([new Y.XmlElement("paragraph")]);
  expect(await viewer.closed).toBe(4403);
  const fresh = connect(`article/${article}/text`, "viewer");
  await synced(fresh);
  expect(fresh.doc.getXmlFragment("prosemirror").length).toBeLessThan(
    viewer.doc.getXmlFragment("prosemirror").length,
  );
});

test("[OUT-4] nobody writes into somebody else's layer, the owner included", async () => {
  for (const role of ["owner", "editor", "annotator"]) {
    const victim = role === "annotator" ? "editor" : "annotator";
    const intruder = connect(`article/${article}/layer/${ids[victim]}`, role);
    await synced(intruder);
    intruder.doc.getMap("annotations").set("forged", { id: "forged" });
    expect(await intruder.closed, role).toBe(4403);
    const check = connect(`article/${article}/layer/${ids[victim]}`, victim);
    await synced(check);
    expect(check.doc.getMap("annotations").has("forged"), role).toBe(false);
  }
});

test("[OUT-5] nobody but the server writes the review room", async () => {
  const owner = connect(`article/${article}/review`, "owner");
  await synced(owner);
  owner.doc.getMap("article").set("title", "Forged");
  expect(await owner.closed).toBe(4403);
});

test("[OUT-6] without a token, with a wrong one, or for an unknown room the close code is final and says why", async () => {
  const address = `${product.base.replace("http", "ws")}/sync`;
  const codes = await Promise.all(
    [
      `${address}/article/${article}/text`,
      `${address}/article/${article}/text?token=wrong`,
      `${address}/article/none/text?token=${tokens["owner"]}`,
    ].map(async (url) => {
      const socket = new WebSocket(url);
      const [code] = (await once(socket, "close")) as [number];
      return code;
    }),
  );
  expect(codes).toEqual([4401, 4401, 4404]);
});

test("[OUT-7] a script puts marks into its own layer and reads them in the snapshot, all or nothing", async () => {
  const snapshot = (await (await api(`/articles/${article}/snapshot`, tokens["annotator"] ?? "")).json()) as {
    text: string;
  };
  const exact = "upon a credible ceasefire";
  const start = snapshot.text.indexOf(exact);
  const mark = (text: string) => ({
    tags: ["condition"],
    ranges: [{ start, end: start + exact.length, exact: text }],
    fields: {},
    links: [],
  });
  const post = (annotations: unknown[]) =>
    api(`/articles/${article}/annotations`, tokens["annotator"] ?? "", {
      method: "POST",
      body: JSON.stringify({ annotations }),
    });
  const refused = await post([mark(exact), mark("something else")]);
  expect(refused.status).toBe(409);
  expect(((await refused.json()) as { code: string }).code).toBe("quote-mismatch");
  expect((await post([mark(exact)])).status).toBe(201);
  const after = (await (await api(`/articles/${article}/snapshot`, tokens["viewer"] ?? "")).json()) as {
    layers: {
      user: { id: string };
      annotations: { tags: string[]; ranges: { exact: string; state: string }[] }[];
    }[];
  };
  const layer = after.layers.find((entry) => entry.user.id === ids["annotator"]);
  expect(layer?.annotations).toHaveLength(1);
  expect(layer?.annotations[0]?.ranges[0]).toMatchObject({ exact, state: "whole" });
});
