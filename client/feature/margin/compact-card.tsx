import { IconAlertTriangle } from "@tabler/icons-react";
import { VisuallyHidden } from "@mantine/core";
import type { Finding } from "#shared/model/checks.ts";
import { PeopleStack, PersonAvatar } from "../../ui/person-avatar.tsx";
import { TagChip, tagLabel } from "../../ui/tag-chip.tsx";
import { COMMENT, useDesk } from "./actions.ts";
import { quoteOf, stateWord } from "./anchor-note.tsx";
import css from "./compact-card.module.css";
import { shorten } from "./difference.ts";
import { summaryOf } from "./fields.ts";
import { cardName, isDocument, type MarkGroup } from "./group.ts";
import { JudgedSign } from "./judged-sign.tsx";
import { TalkSign } from "./talk-sign.tsx";

/** Tags that have room in a line; the name of the card says all. */
const MOST_TAGS = 3;
/** Letters of tags that fit into a line in any case. What is cut off is drawn apart, in every frame. */
const ROOM = 16;

/** A closed card: tags, what it is about, who made it. `quote`: also the words, where they are not beside it. */
export function CompactCard({
  group,
  findings,
  quote = false,
}: {
  group: MarkGroup;
  findings: readonly Finding[];
  quote?: boolean;
}) {
  const { codebook, actions, cardId } = useDesk();
  const { lead, members } = group;
  const state = stateWord(lead);
  const { tags } = lead.annotation;
  const drawn = tags.slice(0, MOST_TAGS);
  const letters = drawn.reduce((sum, tag) => sum + tagLabel(codebook, tag).length, 0);
  const missing = findings.find((finding) => finding.missing);
  const authors = members.map(({ author }) => author);
  const words = lead.placement.text === "" ? quoteOf(lead) : lead.placement.text;
  return (
    <div {...COMMENT} id={cardId(group.key)} className={css.card} aria-label={cardName(codebook, group)}>
      <button
        type="button"
        className={css.open}
        onClick={(event) => actions.open(group.key, event.detail === 0 ? "fields" : "card")}
      >
        <span className={css.line}>
          <span className={css.tags} data-cut={letters > ROOM || undefined}>
            {drawn.map((tag) => (
              <TagChip key={tag} codebook={codebook} id={tag} />
            ))}
            {tags.length > MOST_TAGS && <span className={css.more}>+{tags.length - MOST_TAGS}</span>}
          </span>
          <span className={css.summary}>{state ?? summaryOf(codebook, lead.annotation)}</span>
          <JudgedSign members={members} />
          <TalkSign members={members} />
          {missing && (
            <span className={css.missing} title={missing.message}>
              <IconAlertTriangle size={15} aria-hidden />
              <VisuallyHidden>Incomplete</VisuallyHidden>
            </span>
          )}
          {authors[0] && authors.length === 1 ? (
            <PersonAvatar person={authors[0]} size={20} />
          ) : (
            <PeopleStack people={authors} most={3} />
          )}
        </span>
        {quote && (
          <span
            className={css.quote}
            data-gone={lead.placement.state === "detached" || isDocument(lead) || undefined}
          >
            {isDocument(lead) ? "The whole article" : shorten(words, 180)}
          </span>
        )}
      </button>
    </div>
  );
}
