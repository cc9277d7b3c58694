import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Problem } from "#shared/model/problem.ts";
import type { Endpoint } from "#shared/wire/api.ts";

/** How many tries in how many seconds. */
export type Rate = { readonly points: number; readonly seconds: number };

/**
 * Tries by address are generous, since a whole meeting room may come from one; tries of one e-mail
 * from one address are few, since there somebody is guessing a password.
 */
export const RATES = {
  setupByAddress: { points: 20, seconds: 900 },
  signInByAddress: { points: 100, seconds: 900 },
  signInByEmail: { points: 10, seconds: 900 },
  joinByAddress: { points: 300, seconds: 600 },
  lookByAddress: { points: 300, seconds: 600 },
  credentialsByAddress: { points: 30, seconds: 900 },
} as const satisfies Record<string, Rate>;

export type Rates = { readonly [K in keyof typeof RATES]: Rate };

const BY_ADDRESS: Partial<Record<Endpoint, keyof Rates>> = {
  setup: "setupByAddress",
  getSetup: "lookByAddress",
  signIn: "signInByAddress",
  getJoin: "lookByAddress",
  join: "joinByAddress",
  addCredentials: "credentialsByAddress",
  changePassword: "credentialsByAddress",
};

/** Only looking that finds nothing counts: pages ask again and again while they are open. */
const FORGIVEN: readonly Endpoint[] = ["getSetup", "getJoin"];

export type RateLimit = {
  /** Before anything else is done. Rejects with Problem `rate-limited`. */
  byAddress(endpoint: Endpoint, address: string): Promise<void>;
  /** After something was found: looking at it does not count. */
  found(endpoint: Endpoint, address: string): Promise<void>;
  /** Before a password is tried. Rejects with Problem `rate-limited`. */
  beforePassword(address: string, email: string): Promise<void>;
  /** After a password was right: earlier slips are forgiven. */
  afterPassword(address: string, email: string): Promise<void>;
};

export function createRateLimit(rates: Rates = RATES): RateLimit {
  const limiters = new Map(
    Object.entries(rates).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    ]),
  );
  const limiter = (name: keyof Rates): RateLimiterMemory => {
    const found = limiters.get(name);
    if (!found) throw new Error(`no limiter ${name}`);
    return found;
  };
  const pair = (address: string, email: string): string => `${address} ${email}`;
  return {
    byAddress: async (endpoint, address) => {
      const name = BY_ADDRESS[endpoint];
      if (name) await consume(limiter(name), address);
    },
    found: async (endpoint, address) => {
      const name = BY_ADDRESS[endpoint];
      if (name && FORGIVEN.includes(endpoint)) await limiter(name).reward(address);
    },
    beforePassword: (address, email) => consume(limiter("signInByEmail"), pair(address, email)),
    afterPassword: async (address, email) => {
      await limiter("signInByEmail").delete(pair(address, email));
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfter = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new Problem("rate-limited", undefined, { retryAfter });
  }
}
