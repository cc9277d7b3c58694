import { planFor } from "./rules.ts";

/**
 * The service worker: lets a page that is reloaded without a connection come up, with the changes that
 * are kept on this device. Everything else goes to the server as if the worker were not there.
 */

/** The worker's own global; the DOM library types the page's only. */
type WorkerEvents = {
  install: { waitUntil(done: Promise<unknown>): void };
  activate: { waitUntil(done: Promise<unknown>): void };
  fetch: { readonly request: Request; respondWith(answer: Promise<Response>): void };
};
type WorkerScope = {
  addEventListener<K extends keyof WorkerEvents>(type: K, listener: (event: WorkerEvents[K]) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  readonly location: Location;
};
const worker = self as unknown as WorkerScope;

const FILES = "gloss-files";
const ANSWERS = "gloss-answers";
const PAGE = "/";
const LIST = "/files.json";
const ME = "/api/v1/me";

worker.addEventListener("install", (event) => {
  event.waitUntil(keepFiles().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  const plan = planFor({
    method: request.method,
    path: url.pathname,
    navigation: request.mode === "navigate",
  });
  switch (plan) {
    case "page":
      event.respondWith(page(request));
      return;
    case "asset":
      event.respondWith(asset(request, url.pathname));
      return;
    case "answer":
      event.respondWith(answer(request));
      return;
    case "forget":
      event.respondWith(caches.delete(ANSWERS).then(() => fetch(request)));
      return;
    case "pass":
  }
});

/** Keeps the files of the build that is served now and lets go of those of builds before. */
async function keepFiles(): Promise<void> {
  const listed: unknown = await (await fetch(LIST, { cache: "no-store" })).json();
  const names = Array.isArray(listed) ? listed.filter((name) => typeof name === "string") : [];
  const files = await caches.open(FILES);
  const wanted = new Set([PAGE, ...names].map((name) => new URL(name, worker.location.origin).href));
  const kept = new Set((await files.keys()).map(({ url }) => url));
  await Promise.all([...kept].filter((url) => !wanted.has(url)).map((url) => files.delete(url)));
  await files.addAll([...wanted].filter((url) => !kept.has(url)));
}

async function page(request: Request): Promise<Response> {
  const files = await caches.open(FILES);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await files.put(PAGE, fresh.clone());
    return fresh;
  } catch (failure) {
    return (await files.match(PAGE)) ?? Promise.reject(failure);
  }
}

async function asset(request: Request, path: string): Promise<Response> {
  const files = await caches.open(FILES);
  const hashed = path.startsWith("/assets/");
  const kept = await files.match(request);
  if (kept && hashed) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await files.put(request, fresh.clone());
    return fresh;
  } catch (failure) {
    return kept ?? Promise.reject(failure);
  }
}

async function answer(request: Request): Promise<Response> {
  try {
    const fresh = await fetch(request);
    if (fresh.status === 401) await caches.delete(ANSWERS);
    else if (fresh.ok) await keepAnswer(request, fresh.clone());
    return fresh;
  } catch (failure) {
    return (await (await caches.open(ANSWERS)).match(request)) ?? Promise.reject(failure);
  }
}

/** Who I am is often asked before the worker is there, and no other answer is of use without it. */
async function keepAnswer(request: Request, answered: Response): Promise<void> {
  const answers = await caches.open(ANSWERS);
  await answers.put(request, answered);
  if (await answers.match(ME)) return;
  const me = await fetch(ME);
  if (me.ok) await answers.put(ME, me);
}
