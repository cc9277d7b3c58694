import { Button, Menu } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { activeTags } from "#shared/model/codebook.ts";
import { PeopleStack } from "../../ui/person-avatar.tsx";
import { TagChip } from "../../ui/tag-chip.tsx";
import { useDesk } from "./actions.ts";
import css from "./article-labels.module.css";
import { cardName, type MarkGroup } from "./group.ts";
import { MarkCard, type CardsProps } from "./mark-card.tsx";
import { isActive } from "./rows.ts";

/** Marks on the article as a whole: at its head, where they are made, read and changed. */
export function ArticleLabels({ groups, cards }: { groups: readonly MarkGroup[]; cards: CardsProps }) {
  const { codebook, actions, canAnnotate } = useDesk();
  const active = groups.find((group) => isActive(group, cards.activeKey));
  const mine = groups.flatMap(({ members }) => members.filter((member) => member.mine));
  const chosen = mine[0]?.annotation.tags ?? [];
  return (
    <section className={css.labels} aria-label="Labels of the whole article" data-region="annotations">
      <ul className={css.list}>
        {groups.map((group) => (
          <li key={group.key}>
            <button
              type="button"
              className={css.label}
              aria-label={cardName(codebook, group)}
              aria-expanded={group === active}
              onClick={(event) =>
                group === active
                  ? actions.close()
                  : actions.open(group.key, event.detail === 0 ? "fields" : "card")
              }
            >
              {group.lead.annotation.tags.map((tag) => (
                <TagChip key={tag} codebook={codebook} id={tag} />
              ))}
              <PeopleStack people={group.members.map(({ author }) => author)} most={3} />
            </button>
          </li>
        ))}
        {canAnnotate && (
          <li>
            <Menu position="bottom-start" closeOnItemClick={false}>
              <Menu.Target>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  className={css.add}
                  leftSection={<IconTag size={15} aria-hidden />}
                >
                  Label the article
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {activeTags(codebook).map((tag) => (
                  <Menu.CheckboxItem
                    key={tag.id}
                    checked={chosen.includes(tag.id)}
                    onChange={() => actions.label(tag.id)}
                  >
                    <TagChip codebook={codebook} id={tag.id} />
                  </Menu.CheckboxItem>
                ))}
              </Menu.Dropdown>
            </Menu>
          </li>
        )}
      </ul>
      {active && (
        <div className={css.card}>
          <MarkCard group={active} cards={cards} quote />
        </div>
      )}
    </section>
  );
}
