/** `npm run screenshots`: makes docs/screenshots from the product as it is now, in a temporary folder. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensureBuild, ensurePackages, root, runtime } from "./prepare.mjs";

ensurePackages();
ensureBuild();
const done = spawnSync(runtime(), [join(root, "tests", "e2e", "screenshots.ts")], {
  stdio: "inherit",
  env: { ...process.env, CHROMIUM: ensureChromium() },
});
process.exit(done.status ?? 1);
