import { ActionIcon, Button, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconBook2,
  IconChevronDown,
  IconInfoCircle,
  IconListSearch,
  IconTrash,
  IconTags,
  IconX,
} from "@tabler/icons-react";
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { Finding } from "#shared/model/checks.ts";
import { activeTags } from "#shared/model/codebook.ts";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { TagChip, tagLabel } from "../../ui/tag-chip.tsx";
import { When } from "../../ui/when.tsx";
import { COMMENT, useDesk, type FocusWish } from "./actions.ts";
import { AnchorNote } from "./anchor-note.tsx";
import css from "./card.module.css";
import { FieldForm } from "./field-form.tsx";
import { FieldsRead } from "./fields-read.tsx";
import { FindingList } from "./finding-list.tsx";
import { cardName, isDocument, type MarkGroup } from "./group.ts";
import { JudgedSection } from "./judged-sign.tsx";
import { LinkList } from "./link-list.tsx";
import { TalkButton } from "./talk-button.tsx";
import { Repair } from "./repair.tsx";

/** The whole of a mark: tags, author, what became of its words, checks, fields, links, note. */
export function Card({
  group,
  findings,
  wantsFocus,
  onFocused,
}: {
  group: MarkGroup;
  findings: readonly Finding[];
  wantsFocus: FocusWish;
  onFocused: () => void;
}) {
  const { codebook, actions, canAnnotate, cardId } = useDesk();
  const { lead, members } = group;
  const card = useRef<HTMLDivElement>(null);
  const editable = lead.mine && canAnnotate;

  useEffect(() => {
    if (wantsFocus === null) return;
    const stop = wantsFocus === "fields" ? firstStop(card.current) : card.current;
    stop?.focus({ preventScroll: wantsFocus === "card" });
    onFocused();
  }, [wantsFocus, onFocused]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    actions.leave();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape is heard on its way up from the fields
    <div
      {...COMMENT}
      ref={card}
      id={cardId(group.key)}
      tabIndex={-1}
      className={css.card}
      aria-label={cardName(codebook, group)}
      onKeyDown={onKeyDown}
    >
      <Head group={group} editable={editable} />
      <AnchorNote placed={lead} />
      {editable && lead.placement.state === "detached" && <Repair placed={lead} />}
      <FindingList findings={findings} />
      {editable ? <FieldForm placed={lead} findings={findings} /> : <FieldsRead placed={lead} />}
      <LinkList placed={lead} editable={editable} />
      {members.slice(1).map((member) => (
        <OtherView key={member.key} name={member.author.name}>
          <FieldsRead placed={member} />
        </OtherView>
      ))}
      <JudgedSection members={members} />
      <div className={css.foot}>
        <TalkButton group={group} />
        {editable && (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={() => actions.remove(lead)}
          >
            Delete
          </Button>
        )}
        {canAnnotate && lead.placement.pieces.length === 1 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconListSearch size={15} aria-hidden />}
            onClick={() => actions.sameWords(lead)}
          >
            Same words
          </Button>
        )}
        {actions.example && lead.placement.text.trim() !== "" && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconBook2 size={15} aria-hidden />}
            onClick={() => actions.example?.(lead)}
          >
            Use as an example
          </Button>
        )}
        {canAnnotate &&
          !members.some((member) => member.mine) &&
          (lead.placement.pieces.length > 0 || isDocument(lead)) && (
            <Button variant="default" size="compact-sm" onClick={() => actions.markToo(lead)}>
              Mark it too
            </Button>
          )}
      </div>
    </div>
  );
}

function Head({ group, editable }: { group: MarkGroup; editable: boolean }) {
  const { codebook, actions } = useDesk();
  const { lead, members } = group;
  const authors = members.map(({ author }) => author);
  return (
    <>
      <div className={css.head}>
        <span className={css.tags}>
          {lead.annotation.tags.map((tag) => (
            <Tooltip key={tag} label={`What does ${tagLabel(codebook, tag)} mean?`}>
              <UnstyledButton
                className={css.tag}
                aria-label={`${tagLabel(codebook, tag)}: what does it mean?`}
                onClick={() => actions.explain(tag)}
              >
                <TagChip codebook={codebook} id={tag} />
                <IconInfoCircle size={14} aria-hidden className={css.info} />
              </UnstyledButton>
            </Tooltip>
          ))}
          {editable && <TagMenu group={group} />}
        </span>
        <ActionIcon size="md" aria-label="Close this card" onClick={actions.close}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      <div className={css.author}>
        {authors.map((author) => (
          <PersonAvatar key={author.id} person={author} size={20} silent />
        ))}
        <span>
          {authors.map((author) => author.name).join(", ")} · <When at={lead.annotation.createdAt} />
        </span>
      </div>
    </>
  );
}

function TagMenu({ group: { lead } }: { group: MarkGroup }) {
  const { codebook, actions } = useDesk();
  return (
    <Menu position="bottom-start" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon size="md" aria-label="Change tags">
          <IconTags size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {activeTags(codebook).map((tag) => (
          <Menu.CheckboxItem
            key={tag.id}
            checked={lead.annotation.tags.includes(tag.id)}
            onChange={() => actions.press(lead, tag.id)}
          >
            <TagChip codebook={codebook} id={tag.id} />
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What another person wrote on the same mark. */
function OtherView({ name, children }: { name: string; children: ReactNode }) {
  const id = useId();
  return (
    <details className={css.other}>
      <summary id={id}>
        <IconChevronDown size={14} aria-hidden /> {name}
      </summary>
      {children}
    </details>
  );
}

/** Where the keyboard starts: what is missing, else the first field, else the card's first button. */
function firstStop(card: HTMLElement | null): HTMLElement | null {
  return (
    card?.querySelector<HTMLElement>("[data-missing] :is(input, textarea)") ??
    card?.querySelector<HTMLElement>("[data-field] :is(input, textarea)") ??
    card?.querySelector<HTMLElement>("button") ??
    null
  );
}
