/**
 * The walls of the code base: for each part, what it may import besides itself. Everything not listed
 * is forbidden. `docs/ARCHITECTURE.md` draws the same picture.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "shared/model": [],
  "shared/thread": ["shared/model"],
  // The shape of the text document lies below the anchors that point into it.
  "shared/anchor": ["shared/model", "shared/doc/schema.ts", "shared/doc/walk.ts"],
  "shared/codebook": ["shared/model"],
  "shared/doc": ["shared/model", "shared/anchor"],
  "shared/review": ["shared/model", "shared/anchor"],
  "shared/wire": ["shared/codebook", "shared/model", "shared/doc", "shared/review"],

  "server/bus": [],
  "server/store": ["shared/model", "shared/doc", "shared/anchor"],
  "server/database": ["shared/model"],
  "server/convert": ["shared/model", "shared/doc", "shared/wire"],
  "server/auth": ["shared/model", "server/database"],
  "server/sync": [
    "shared/model",
    "shared/doc",
    "shared/anchor",
    "shared/wire",
    "server/limits.ts",
    "server/bus",
    "server/store/log.ts",
    "server/auth/principal.ts",
  ],
  "server/command": [
    "shared/codebook",
    "shared/model",
    "shared/review",
    "shared/thread",
    "shared/doc",
    "shared/anchor",
    "shared/wire",
    "server/bus",
    "server/store",
    "server/database",
    "server/auth",
    "server/convert",
    "server/sync/live.ts",
  ],
  "server/mail": ["shared/model", "shared/thread", "server/database", "server/auth"],
  "server/http": ["shared/codebook", "shared/model", "shared/wire", "server/command", "server/auth"],
  "server/admin": [
    "server/config.ts",
    "shared/model",
    "shared/doc",
    "server/command",
    "server/store",
    "server/database",
    "server/auth",
  ],

  "client/ui": ["shared/model"],
  "client/api": ["shared/codebook", "shared/model", "shared/wire"],
  "client/session": [
    "shared/model",
    "shared/thread",
    "shared/review",
    "shared/anchor",
    "shared/doc",
    "shared/wire",
  ],
  "client/editor": [
    "shared/codebook",
    "shared/model",
    "shared/anchor",
    "shared/doc",
    "client/session",
    "client/ui",
  ],
  "client/feature": [
    "shared/codebook",
    "shared/model",
    "shared/review",
    "shared/thread",
    "shared/anchor",
    "client/ui",
    "client/api",
    "client/session",
    "client/editor",
  ],
  "client/page": [
    "shared/codebook",
    "shared/model",
    "shared/review",
    "shared/doc",
    "shared/wire",
    "client/ui",
    "client/api",
    "client/session",
    "client/editor",
    "client/feature",
  ],
  "client/app": ["shared/model", "client/ui", "client/api", "client/page", "client/feature"],
};

/** Files at the top of a side compose it and may import all of that side and `shared`. */
export const COMPOSITION_ROOTS: readonly string[] = ["server", "client"];

/** Third-party packages that only these parts may import. */
export const CONFINED: Readonly<Record<string, readonly string[]>> = {
  ws: ["server/sync"],
  express: ["server/http", "server/app.ts"],
  "better-sqlite3": ["server/store", "server/database"],
  pg: ["server/store", "server/database"],
  "better-auth": ["server/auth"],
  nodemailer: ["server/mail"],
  "y-websocket": ["client/session"],
  "y-indexeddb": ["client/session"],
  "prosemirror-view": ["client/editor"],
  react: ["client"],
  "@mantine/core": ["client"],
};
