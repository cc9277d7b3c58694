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

export default defineConfig({
  root: "client",
  plugins: [react(), fileList()],
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
        },
      },
    ],
  },
});
