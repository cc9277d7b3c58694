import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { DID } from "#shared/thread/words.ts";
import { useNotifications, useRefreshNotifications, type Notification } from "../../api/notifications.ts";
import { muxFor } from "../../session/mux.ts";
import { announce } from "../../ui/announcer.tsx";
import css from "./bell.module.css";
import { NotificationList } from "./notification-list.tsx";

const DIALOG = { role: "dialog" } as const;

/** The bell with the number of what I have not read; opens the list of what I was told. */
export function Bell() {
  const list = useNotifications();
  const [opened, setOpened] = useState(false);
  const unread = list.data?.pages[0]?.unread ?? 0;
  const newest = list.data?.pages[0]?.items[0];
  useNews();
  useArrivals(newest, list.isSuccess);

  const label = unread === 0 ? "Notifications" : `Notifications, ${unread} unread`;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(24rem, calc(100vw - 1rem))"
      withinPortal={false}
      trapFocus
      returnFocus
      shadow="none"
      // Labelled by itself below.
      withRoles={false}
    >
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <ActionIcon
            aria-label={label}
            aria-haspopup="dialog"
            aria-expanded={opened}
            className={css.button}
            onClick={() => setOpened(!opened)}
          >
            <IconBell size={20} aria-hidden />
            {unread > 0 && (
              <span className={css.count} aria-hidden>
                {unread > 99 ? "99+" : unread}
              </span>
            )}
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown {...DIALOG} className={css.dropdown} aria-label="Notifications">
        <NotificationList list={list} onLeave={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Asks again whenever the server says over the page's websocket that there is news. */
function useNews(): void {
  const refresh = useRefreshNotifications();
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    const mux = muxFor("");
    const stops = [mux.news.subscribe(() => void latest.current()), mux.awaitNews()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** Says what has come while the page is open. `known`: the list is there. */
function useArrivals(newest: Notification | undefined, known: boolean): void {
  const last = useRef<{ readonly id: string | null } | null>(null);
  useEffect(() => {
    if (!known) return;
    const before = last.current;
    last.current = { id: newest?.id ?? null };
    if (before === null || !newest || before.id === newest.id || newest.readAt !== null) return;
    announce(`${newest.actor.name} ${DID[newest.kind]}.`);
  }, [known, newest]);
}
