import type { RequestHandler } from "express";
import helmet from "helmet";

/** Headers that keep a page of ours from running or loading what is not ours. */
export function securityHeaders(publicUrl: string | null): RequestHandler {
  const https = publicUrl?.startsWith("https:") ?? false;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Components set positions and colours as inline styles.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'", "data:"],
        // Some browsers do not count websockets of the page's own host under 'self'.
        connectSrc: ["'self'", (request) => ownSockets(request.headers.host, https)],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: https ? { maxAge: 365 * 24 * 60 * 60 } : false,
    // Over plain http browsers ignore these and complain in the console.
    crossOriginOpenerPolicy: https ? { policy: "same-origin" } : false,
    originAgentCluster: https,
  });
}

function ownSockets(host: string | undefined, https: boolean): string {
  const plain = host !== undefined && /^[A-Za-z0-9.:[\]-]+$/.test(host) ? host : "localhost";
  return `${https ? "wss" : "ws"}://${plain}`;
}
