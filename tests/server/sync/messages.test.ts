import { expect, test } from "vitest";
import { MESSAGE } from "#shared/wire/messages.ts";
import { BadFrame, readMessages } from "../../../server/sync/messages.ts";

test("[SYN-16] a frame holds some messages, and not millions of them", () => {
  const questions = (count: number) => new Uint8Array(count).fill(MESSAGE.queryAwareness);
  expect(readMessages(questions(1_000))).toHaveLength(1_000);
  expect(() => readMessages(questions(1_001))).toThrow(BadFrame);
});
