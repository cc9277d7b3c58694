import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveClient } from "../../../server/http/static.ts";
import { listen } from "../../../server/listen.ts";

const script = `export const words = "${"many words ".repeat(500)}";`;
let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "gloss-static-"));
  const client = path.join(folder, "client");
  mkdirSync(path.join(client, "assets"), { recursive: true });
  writeFileSync(path.join(folder, "secret"), "secret");
  writeFileSync(path.join(client, "index.html"), "<!doctype html><title>Gloss</title>");
  writeFileSync(path.join(client, "favicon.svg"), "<svg/>");
  writeFileSync(path.join(client, "assets", "entry-a1b2.js"), script);
  writeFileSync(path.join(client, "assets", "entry-a1b2.js.br"), "made by the build");
  server = createServer(express().use(serveClient(client)));
  url = `http://127.0.0.1:${await listen(server, { host: "127.0.0.1", port: 0 })}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

type Got = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: Buffer };

/** A request as it is written: no address is tidied up, nothing is unpacked. */
function get(address: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    const asked = request({ port, host: "127.0.0.1", path: address, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("[HTTP-10] a hashed file may be kept for ever, a page never", async () => {
  const file = await get("/assets/entry-a1b2.js");
  expect(file.headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
  });
  expect(file.body.toString()).toBe(script);
  expect((await get("/")).headers).toMatchObject({ "cache-control": "no-cache" });
  expect((await get("/favicon.svg")).headers).toMatchObject({ "cache-control": "no-cache" });
});

test("[HTTP-10] what the browser has already is not sent again", async () => {
  const first = await get("/");
  const again = await get("/", { "if-none-match": String(first.headers["etag"]) });
  expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 });
});

test("[HTTP-10] the build's compressed form is served, else one made here", async () => {
  const brotli = await get("/assets/entry-a1b2.js", { "accept-encoding": "gzip, br" });
  expect(brotli.headers["content-encoding"]).toBe("br");
  expect(brotli.body.toString()).toBe("made by the build");
  const gzip = await get("/assets/entry-a1b2.js", { "accept-encoding": "gzip" });
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(gzip.body).toString()).toBe(script);
});

test.each(["/", "/articles/some-id", "/sign-in", "/setup?token=x", "/j/code"])(
  "[HTTP-10] the address %s gets the page",
  async (address) => {
    const { status, body } = await get(address);
    expect({ status, body: body.toString() }).toMatchObject({
      status: 200,
      body: expect.stringContaining("Gloss"),
    });
  },
);

test.each([
  "/assets/entry-old.js",
  "/assets/",
  "/nothing.css",
  "/../secret",
  "/..%2fsecret",
  "/%2e%2e/secret",
  "/assets/../../secret",
  "//secret.txt",
  "/assets/entry-a1b2.js.br",
])("[HTTP-10] %s leads nowhere", async (address) => {
  const { status, body } = await get(address);
  expect(body.toString()).not.toBe("secret");
  // Node's client and express may read an address differently; none may give a file that is not there.
  if (address.includes(".")) expect([200, 404]).toContain(status);
  if (status === 200) expect(body.toString()).toContain("<title>Gloss</title>");
});

test("[HTTP-10] a missing script is not answered with the page", async () => {
  expect((await get("/assets/entry-old.js")).status).toBe(404);
  expect((await get("/nothing.css")).status).toBe(404);
});

test("[HTTP-10] HEAD gives the headers alone, and other methods nothing", async () => {
  const { status, headers, body } = await get("/", {}, "HEAD");
  expect({ status, type: headers["content-type"], length: body.length }).toEqual({
    status: 200,
    type: "text/html; charset=utf-8",
    length: 0,
  });
  expect((await get("/", {}, "POST")).status).toBe(404);
});

test("[HTTP-10] a client that has not been built is told how, and served once it is", async () => {
  const later = path.join(folder, "later");
  const own = createServer(express().use(serveClient(later)));
  const port = await listen(own, { host: "127.0.0.1", port: 0 });
  try {
    const before = await fetch(`http://127.0.0.1:${port}/`);
    expect(before.status).toBe(503);
    expect(await before.text()).toContain("npm run build");
    mkdirSync(later);
    writeFileSync(path.join(later, "index.html"), "<title>Built</title>");
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain("Built");
  } finally {
    own.close();
  }
});
