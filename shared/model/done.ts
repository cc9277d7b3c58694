import * as z from "zod/mini";

/** Somebody as they were called when they did it; open screens show the name of today where they know it. */
export const Somebody = z.object({
  id: z.string().check(z.maxLength(64)),
  name: z.string().check(z.maxLength(80)),
  color: z.string().check(z.maxLength(32)),
});

/** Who did something, and when, in milliseconds since 1970. */
export const Done = z.object({ by: Somebody, at: z.number() });
