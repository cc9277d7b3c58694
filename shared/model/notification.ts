import * as z from "zod/mini";

/** What a person is told about without having asked, in the product and by e-mail. */

/** In order of weight: of several reasons to tell a person about one thing, the first is told. */
export const NOTIFICATION_KINDS = ["mention", "thread", "reply", "verdict", "ruling", "ruling-back"] as const;
export const NotificationKind = z.enum(NOTIFICATION_KINDS);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** How often news may come by e-mail. */
export const DIGESTS = ["at-once", "hourly", "daily", "never"] as const;
export const Digest = z.enum(DIGESTS);
export type Digest = z.infer<typeof Digest>;

/** What holds until a person chooses. */
export const DEFAULT_DIGEST: Digest = "at-once";

/** Longest `detail` of a notice, in UTF-16 code units; more is cut. */
export const MOST_DETAIL = 500;
