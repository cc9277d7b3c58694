import { Button, Loader } from "@mantine/core";
import { Link } from "react-router";
import { DID, pathOf } from "#shared/thread/words.ts";
import { useReadNotifications, type Notification, type useNotifications } from "../../api/notifications.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { RetryNote } from "../../ui/retry-note.tsx";
import { When } from "../../ui/when.tsx";
import css from "./notification-list.module.css";

/** What I was told, the newest first; each leads to where it happened and counts as read then. */
export function NotificationList({
  list,
  onLeave,
}: {
  list: ReturnType<typeof useNotifications>;
  /** A link was followed. */
  onLeave: () => void;
}) {
  const read = useReadNotifications();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = list.data?.pages[0]?.unread ?? 0;

  if (list.error && items.length === 0) {
    return (
      <div className={css.rest}>
        <RetryNote problem={list.error} retry={() => void list.refetch()} />
      </div>
    );
  }
  return (
    <div className={css.all}>
      <div className={css.head}>
        <h2 className={css.title}>Notifications</h2>
        {unread > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => read.mutate("all")}>
            Mark all as read
          </Button>
        )}
      </div>
      {list.isPending && (
        <div className={css.rest}>
          <Loader size="sm" aria-label="Loading" />
        </div>
      )}
      {list.isSuccess && items.length === 0 && (
        <div className={css.rest}>
          <EmptyState title="Nothing yet">
            You are told here when somebody mentions you, answers you, or says something about a mark of
            yours.
          </EmptyState>
        </div>
      )}
      <ul className={css.list}>
        {items.map((item) => (
          <li key={item.id}>
            <Item
              item={item}
              onFollow={() => {
                if (item.readAt === null) read.mutate([item.id]);
                onLeave();
              }}
            />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className={css.rest}>
          <Button
            variant="default"
            size="compact-sm"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </div>
  );
}

function Item({ item, onFollow }: { item: Notification; onFollow: () => void }) {
  const { actor, article, thread, mark } = item;
  return (
    <Link
      className={css.item}
      data-unread={item.readAt === null || undefined}
      to={pathOf({ article: article.id, thread, mark })}
      onClick={onFollow}
    >
      <PersonAvatar person={actor} size={28} silent />
      <span className={css.words}>
        <span>
          <strong>{actor.name}</strong> {DID[item.kind]}
          {item.readAt === null && <span className={css.new}>New</span>}
        </span>
        {item.detail !== "" && <span className={css.detail}>{item.detail}</span>}
        <span className={css.where}>
          {article.title}, <When at={item.createdAt} />
        </span>
      </span>
    </Link>
  );
}
