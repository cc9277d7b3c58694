/** `npm start`: from a fresh clone to a served workspace. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuild, ensurePackages, root, runtime } from "./prepare.mjs";

ensurePackages();
ensureBuild();

const server = spawn(runtime(), [join(root, "scripts", "serve.mjs")], {
  cwd: root,
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
