import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Request, RequestHandler, Response } from "express";

/**
 * The built client. Its files are few and small, so they are read once and kept; a request can name
 * only what was found then, so no path leads out of the folder.
 */

type Encoding = "br" | "gzip";
type StaticFile = {
  readonly type: string;
  readonly etag: string;
  /** True when the name changes with the content. */
  readonly hashed: boolean;
  readonly plain: Buffer;
  readonly encoded: ReadonlyMap<Encoding, Buffer>;
};

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".ico": "image/x-icon",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json",
};

/** Beside each file the build may have put these; see `encoded`. */
const ENDINGS: Readonly<Record<Encoding, string>> = { br: ".br", gzip: ".gz" };
const WORTH_COMPRESSING = /^(text\/|application\/|image\/svg)/;
/** Smaller ones gain nothing. */
const SMALLEST_COMPRESSED = 1024;

const MISSING =
  "<!doctype html><title>Gloss</title><p>The client has not been built. Run <code>npm start</code>, or <code>npm run build</code>, and load this page again.</p>";

/** Serves the folder; every other page address gets index.html, which finds its way by itself. */
export function serveClient(folder: string): RequestHandler {
  let reading: Promise<ReadonlyMap<string, StaticFile>> | null = null;
  const files = (): Promise<ReadonlyMap<string, StaticFile>> | null => {
    if (!reading && existsSync(path.join(folder, "index.html"))) reading = readFolder(folder);
    return reading;
  };
  return async (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      next();
      return;
    }
    const found = await files();
    if (!found) {
      response.status(503).type("html").send(MISSING);
      return;
    }
    const file = found.get(request.path);
    if (file) send(request, response, file);
    else if (isPage(request.path)) sendPage(request, response, found.get("/index.html"));
    else next();
  };
}

/** A file that is not there must not be answered with a page: browsers would keep it as that file. */
function isPage(address: string): boolean {
  return !path.posix.extname(address) && !address.startsWith("/assets/");
}

function sendPage(request: Request, response: Response, page: StaticFile | undefined): void {
  if (page) send(request, response, page);
  else response.status(503).type("html").send(MISSING);
}

function send(request: Request, response: Response, file: StaticFile): void {
  // The smallest form first, whatever order the browser names them in.
  const encoding = (["br", "gzip"] as const).find(
    (form) => file.encoded.has(form) && request.acceptsEncodings(form) !== false,
  );
  const body = encoding && file.encoded.get(encoding);
  response.set({
    "Content-Type": file.type,
    "Cache-Control": file.hashed ? "public, max-age=31536000, immutable" : "no-cache",
    ETag: file.etag,
    Vary: "Accept-Encoding",
  });
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  if (encoding) response.set("Content-Encoding", encoding);
  response.end(body ?? file.plain);
}

async function readFolder(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const files = await Promise.all(
    names
      .filter((name) => !Object.values(ENDINGS).includes(path.extname(name)))
      .map(async (name): Promise<[string, StaticFile]> => {
        const address = `/${name.split(path.sep).join("/")}`;
        return [address, await readStatic(path.join(folder, name), address)];
      }),
  );
  const byAddress = new Map(files);
  const index = byAddress.get("/index.html");
  if (index) byAddress.set("/", index);
  return byAddress;
}

async function readStatic(file: string, address: string): Promise<StaticFile> {
  const plain = await readFile(file);
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  const worth = WORTH_COMPRESSING.test(type) && plain.length >= SMALLEST_COMPRESSED;
  return {
    type,
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    hashed: address.startsWith("/assets/"),
    plain,
    encoded: worth ? await encoded(file, plain) : new Map(),
  };
}

/** Compressed forms: what the build made, else gzip made here. */
async function encoded(file: string, plain: Buffer): Promise<ReadonlyMap<Encoding, Buffer>> {
  const forms = new Map<Encoding, Buffer>();
  for (const encoding of ["br", "gzip"] as const) {
    const made = file + ENDINGS[encoding];
    if (existsSync(made)) forms.set(encoding, await readFile(made));
  }
  if (!forms.has("gzip")) forms.set("gzip", await promisify(gzip)(plain));
  return forms;
}
