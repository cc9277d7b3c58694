import { enableCompileCache } from "node:module";
import path from "node:path";

// Before anything large is loaded, so that later starts need not compile it again.
enableCompileCache(path.join(import.meta.dirname, "..", "node_modules", ".cache", "compile"));
const { runServer } = await import("./run.ts");
await runServer(process.env);
