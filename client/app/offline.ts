/**
 * Starts the service worker that lets Gloss come up without a connection. Where the browser has none, or
 * the page is not in a secure context, Gloss works the same but cannot be reloaded while offline.
 */
export function keepForOffline(): void {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  const start = () => {
    navigator.serviceWorker.register("/offline-worker.js", { updateViaCache: "none" }).catch(() => {
      // Storage may be full or forbidden by the browser's settings; the page needs none of it to work.
    });
  };
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start, { once: true });
}
