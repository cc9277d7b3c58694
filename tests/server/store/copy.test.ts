import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { copyDatabases } from "../../../server/store/sqlite/copy.ts";
import { folder } from "./rooms.ts";

test("[STO-22] what is written after the moment of the copy is in none of the copies", async () => {
  const path = await folder();
  const names = ["one", "two"];
  const open = names.map((name) => {
    const db = new Database(join(path, name));
    onTestFinished(() => void db.close());
    db.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (v); INSERT INTO t VALUES ('before')");
    return db;
  });
  const copying = copyDatabases(
    names.map((name) => ({ from: join(path, name), to: join(path, `${name}.copy`) })),
  );
  for (const db of open) db.exec("INSERT INTO t VALUES ('after')");
  await copying;
  for (const name of names) {
    const copy = new Database(join(path, `${name}.copy`), { readonly: true });
    onTestFinished(() => void copy.close());
    expect(copy.prepare("SELECT v FROM t").pluck().all()).toEqual(["before"]);
  }
});
