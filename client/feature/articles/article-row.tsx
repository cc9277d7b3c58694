import { ActionIcon, Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconDots, IconPencil } from "@tabler/icons-react";
import { useRef } from "react";
import { Link } from "react-router";
import type { ArticleItem } from "../../api/articles.ts";
import { count } from "../../ui/count.ts";
import { PeopleStack } from "../../ui/person-avatar.tsx";
import { When } from "../../ui/when.tsx";
import css from "./article-list.module.css";
import { publishedWords } from "./published.ts";

export type RowActions = {
  readonly onDetails: (item: ArticleItem) => void;
  readonly onArchive: (item: ArticleItem, archived: boolean) => void;
};

/** One article of the list. `actions` is null for people who may change nothing here. */
export function ArticleRow({ item, actions }: { item: ArticleItem; actions: RowActions | null }) {
  const origin = [item.publisher || item.source, publishedWords(item.published)].filter(Boolean).join(", ");
  return (
    <li className={css.row}>
      <div className={css.what}>
        <h2 className={css.title}>
          <Link to={`/articles/${item.id}`}>{item.title}</Link>
        </h2>
        <p className={css.facts}>
          {origin && <span>{origin}</span>}
          <span>{count(item.words, "word")}</span>
          <span>{count(item.marks, "mark")}</span>
          <span>
            changed <When at={item.updatedAt} />
          </span>
        </p>
      </div>
      {item.people.length > 0 && (
        <div className={css.people}>
          <span className={css.here}>Here now</span>
          <PeopleStack people={item.people} />
        </div>
      )}
      {actions && <RowMenu item={item} actions={actions} />}
    </li>
  );
}

function RowMenu({ item, actions }: { item: ArticleItem; actions: RowActions }) {
  const archived = item.archivedAt !== null;
  const button = useRef<HTMLButtonElement>(null);
  /** What comes next gives the focus back to where it found it: to the button, as the menu goes. */
  const choose = (act: () => void) => () => {
    button.current?.focus();
    act();
  };
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon ref={button} className={css.more} aria-label={`Actions for ${item.title}`}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!archived && (
          <Menu.Item
            leftSection={<IconPencil size={18} aria-hidden />}
            onClick={choose(() => actions.onDetails(item))}
          >
            Title and details
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={
            archived ? <IconArchiveOff size={18} aria-hidden /> : <IconArchive size={18} aria-hidden />
          }
          onClick={choose(() => actions.onArchive(item, !archived))}
        >
          {archived ? "Restore" : "Archive"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
