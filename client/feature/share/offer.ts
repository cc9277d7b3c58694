import type { Invite } from "../../api/invites.ts";

/** How long a link may live: hours as text, empty for ever. */
export const EXPIRIES = [
  { value: "2", label: "2 hours (a meeting)" },
  { value: "24", label: "1 day" },
  { value: "168", label: "7 days" },
  { value: "720", label: "30 days" },
  { value: "", label: "No end" },
] as const;

/** How often a link may be used: a number as text, empty for no limit. */
export const USES = [
  { value: "", label: "By anybody who has it" },
  { value: "1", label: "Once" },
  { value: "5", label: "5 times" },
  { value: "10", label: "10 times" },
  { value: "25", label: "25 times" },
  { value: "100", label: "100 times" },
] as const;

export function hoursOf(expiry: string): number | null {
  return expiry === "" ? null : Number(expiry);
}

export function usesOf(uses: string): number | null {
  return uses === "" ? null : Number(uses);
}

/** True while somebody could still join by it. `now` is in milliseconds since 1970. */
export function isActive(invite: Invite, now: number): boolean {
  if (invite.revokedAt !== null) return false;
  if (invite.expiresAt !== null && invite.expiresAt <= now) return false;
  return invite.maxUses === null || invite.uses < invite.maxUses;
}

/** "used 3 of 10 times", "used once", "not used yet". */
export function usageWords({ uses, maxUses }: Pick<Invite, "uses" | "maxUses">): string {
  if (maxUses !== null) return `used ${uses} of ${maxUses}`;
  if (uses === 0) return "not used yet";
  return uses === 1 ? "used once" : `used ${uses} times`;
}
