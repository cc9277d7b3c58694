import { openSqliteLog } from "../../../server/store/sqlite/log.ts";
import { start } from "./server.ts";

/** A sync server in a process of its own, to be killed: `node kill-server.ts <log file>` prints its address. */
const [file = ""] = process.argv.slice(2);
const { url } = await start({ log: await openSqliteLog({ file }), limits: { framesPerSecond: 100_000 } });
process.stdout.write(`${url}\n`);
