import { openSqliteLog } from "../../../server/store/sqlite/log.ts";

/** Appends without end, two rooms at a time, and prints each number once it is acknowledged. */
const log = await openSqliteLog({ file: process.argv[2] ?? "" });
for (let round = (await log.load("article/a/text")).lastSeq + 1; ; round++) {
  const entries = ["article/a/text", "article/b/text"].map((room) => ({
    room,
    user: "ada",
    connection: "c1",
    ranges: [],
    binds: [],
    bytes: new Uint8Array(50).fill(round % 251),
    at: round,
  }));
  const [seq] = await log.append(entries);
  process.stdout.write(`${seq}\n`);
  if (round % 40 === 0) await log.compact("article/a/text", round - 10, Uint8Array.of(1));
}
