import { ActionIcon, Tooltip } from "@mantine/core";
import { IconChecklist, IconInbox } from "@tabler/icons-react";
import { can } from "#shared/model/role.ts";
import type { ArticleSession, Readable } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { count } from "../../ui/count.ts";
import css from "./review-buttons.module.css";
import type { ReviewCounts } from "./review-late.tsx";
import type { Review } from "./use-review.ts";

const NOTHING: Readable<ReviewCounts> = { get: () => NONE, subscribe: () => () => undefined };
const NONE: ReviewCounts = { mail: 0 };

/** Into review, for those who may judge; into the inbox, for those whose marks are judged. */
export function ReviewButtons({ session, review }: { session: ArticleSession; review: Review }) {
  const { mail } = useReadable(review.parts?.counts ?? NOTHING);
  const { mode, setMode } = review;
  const reviewing = mode?.kind === "review";
  const reading = mode?.kind === "inbox";
  const inbox = mail > 0 ? `Inbox: ${count(mail, "verdict")} on your marks` : "Inbox: what reviewers said";
  return (
    <div className={css.pair}>
      {can(session.me, "verdict.write") && (
        <Tooltip label="Review">
          <ActionIcon
            aria-label="Review"
            aria-pressed={reviewing}
            onClick={() => setMode(reviewing ? null : { kind: "review", of: null })}
          >
            <IconChecklist size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {can(session.me, "layer.write", { owner: session.me.id }) && (
        <Tooltip label={inbox}>
          <ActionIcon
            className={css.inbox}
            aria-label={inbox}
            aria-pressed={reading}
            onClick={() => setMode(reading ? null : { kind: "inbox" })}
          >
            <IconInbox size={20} aria-hidden />
            {mail > 0 && <span className={css.number}>{mail > 99 ? "99+" : mail}</span>}
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
