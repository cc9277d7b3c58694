import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UpdateLog } from "../../server/store/log.ts";
import { MemoryDisk, MemoryLog } from "../../server/store/memory/log.ts";
import { LOG_FILE, openSqliteLog } from "../../server/store/sqlite/log.ts";
import { logContract } from "./log.contract.ts";

logContract("memory", async () => {
  const disk = new MemoryDisk();
  const open = async (): Promise<UpdateLog> => new MemoryLog(disk);
  return { open, reopen: open, close: async () => undefined };
});

logContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gloss-log-"));
  const opened: UpdateLog[] = [];
  const open = async (): Promise<UpdateLog> => {
    const log = await openSqliteLog({ file: join(folder, LOG_FILE) });
    opened.push(log);
    return log;
  };
  return {
    open,
    // The first one stays open: nothing that its closing writes may be needed.
    reopen: open,
    close: async () => {
      await Promise.all(opened.map((log) => log.close()));
      await rm(folder, { recursive: true });
    },
  };
});
