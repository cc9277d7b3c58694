/**
 * Joins the server and its packages into one file, because finding and reading six hundred small files
 * is most of what a start takes. The sources stay what runs in tests and in `npm run dev`.
 */
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { root } from "./prepare.mjs";

/** Native code, what looks for its own files, and what is loaded only when it is needed. */
const APART = ["better-sqlite3", "pg", "better-auth"];

/** In one file, every module must go on believing that it stands where its source stands. */
const places = {
  name: "gloss-places",
  enforce: "pre",
  transform(code, id) {
    if (!id.startsWith(root) || id.includes("node_modules") || !code.includes("import.meta.")) return null;
    const url = pathToFileURL(id);
    const folder = new URL(".", url).pathname.replace(/\/$/, "");
    return code
      .replaceAll("import.meta.dirname", JSON.stringify(folder))
      .replaceAll("import.meta.url", JSON.stringify(url.href));
  },
};

await build({
  root,
  configFile: false,
  logLevel: "warn",
  plugins: [places],
  ssr: { noExternal: true, external: APART },
  build: {
    ssr: "server/run.ts",
    outDir: "dist/server",
    emptyOutDir: true,
    target: "node24",
    minify: false,
    rolldownOptions: { output: { entryFileNames: "run.js" } },
  },
});
