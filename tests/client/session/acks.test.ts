import { expect, test } from "vitest";
import { Acks } from "../../../client/session/acks.ts";

test("[SES-6] a change is safe when the frame that carried it is acknowledged, not before", () => {
  const acks = new Acks();
  acks.opened();
  acks.sent("step2");
  acks.acked(1);
  acks.changed();
  acks.sent("update");
  acks.changed();
  acks.sent("update");
  expect(acks.changes).toBe(2);
  acks.acked(2);
  expect(acks.changes).toBe(1);
  acks.acked(3);
  expect(acks.changes).toBe(0);
});

test("[SES-7] after a reconnect nothing is settled until the answer to the handshake is acknowledged", () => {
  const acks = new Acks();
  acks.opened();
  acks.sent("step2");
  acks.acked(1);
  expect(acks.settled).toBe(true);
  acks.changed();
  acks.sent("update");
  acks.opened();
  expect(acks.settled).toBe(false);
  expect(acks.changes).toBe(1);
  acks.sent("step2");
  expect(acks.settled).toBe(false);
  acks.acked(1);
  expect(acks.settled).toBe(true);
  expect(acks.changes).toBe(0);
});

test("[SES-7] an update typed before the handshake does not vouch for changes kept from before", () => {
  const acks = new Acks(3);
  acks.opened();
  acks.changed();
  acks.sent("update");
  acks.acked(1);
  expect(acks.changes).toBe(4);
  expect(acks.settled).toBe(false);
  acks.sent("step2");
  acks.acked(2);
  expect(acks.changes).toBe(0);
});
