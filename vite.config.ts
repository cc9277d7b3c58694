import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Writes the list of what was built, for the service worker to keep. */
function fileList(): Plugin {
  return {
    name: "gloss-file-list",
    apply: "build",
    generateBundle(_options, bundle) {
      const names = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
      const source = JSON.stringify(
        [...names.map((name) => `/${name}`), "/before.js", "/icon.svg"].toSorted(),
      );
      this.emitFile({ type: "asset", fileName: "files.json", source });
    },
  };
}

/** Smaller files gain nothing. */
const WORTH_COMPRESSING = 1024;

/** Puts `.br` and `.gz` beside what was built, so that the server compresses nothing while it serves. */
function precompress(): Plugin {
  const brotli = (data: Buffer) =>
    promisify(brotliCompress)(data, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: data.length } });
  const forms = { ".br": brotli, ".gz": (data: Buffer) => promisify(gzip)(data, { level: 9 }) };
  return {
    name: "gloss-precompress",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(js|css|html|svg|json)$/.test(name));
      const press = async (name: string) => {
        const file = join(dir, name);
        const data = await readFile(file);
        if (data.length < WORTH_COMPRESSING) return;
        for (const [ending, form] of Object.entries(forms)) await writeFile(file + ending, await form(data));
      };
      await Promise.all(files.map(press));
    },
  };
}

export default defineConfig({
  root: "client",
  plugins: [react(), fileList(), precompress()],
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { index: "client/index.html", "offline-worker": "client/offline/worker.ts" },
      output: {
        entryFileNames: ({ name }) => (name === "offline-worker" ? "[name].js" : "assets/[name]-[hash].js"),
      },
    },
  },
  test: {
    root: ".",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          root: ".",
          include: ["tests/{shared,server,client,contract,rules,sim}/**/*.test.{ts,tsx}"],
          environment: "node",
          testTimeout: 30_000,
          // On two cores the default is one: much of the time then goes by in waiting.
          maxWorkers: Math.max(2, availableParallelism() - 1),
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          root: ".",
          include: ["tests/e2e/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // A busy machine can miss one of a hundred waits; what fails twice is broken.
          retry: 1,
        },
      },
    ],
  },
});
