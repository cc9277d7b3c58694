/** `npm run dev`: the server, restarted on change, and a client build that watches. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuild, ensurePackages, root, runtime } from "./prepare.mjs";

ensurePackages();
ensureBuild();
const vite = join(root, "node_modules", "vite", "bin", "vite.js");
const children = [
  spawn(runtime(), ["--watch", join(root, "server", "main.ts")], { cwd: root, stdio: "inherit" }),
  spawn(runtime(), [vite, "build", "--watch", "--logLevel", "warn"], { cwd: root, stdio: "inherit" }),
];
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
