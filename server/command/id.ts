import { randomBytes } from "node:crypto";

/** A name for something new: 96 random bits, of letters, digits, `-` and `_`. */
export function newId(): string {
  return randomBytes(12).toString("base64url");
}

/** A secret that travels in a link: 144 random bits, nothing that anybody could guess. */
export function newCode(): string {
  return randomBytes(18).toString("base64url");
}
