/** `npm run admin -- <command>`: accounts, tokens, backup, restore, verify. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensurePackages, root, runtime } from "./prepare.mjs";

ensurePackages();
const done = spawnSync(runtime(), [join(root, "server", "admin", "main.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(done.status ?? 1);
