import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { Digest } from "#shared/model/notification.ts";
import { call, type Output } from "./client.ts";
import { keys } from "./keys.ts";

export type { NotificationShape as Notification } from "#shared/wire/threads.ts";
type Page = Output<"listNotifications">;
type Pages = InfiniteData<Page, string | null>;

/** When nothing is heard over the socket, as behind a proxy that lets none through. */
const NOW_AND_THEN = 120_000;

/** What I was told, the newest first. Asked again when the socket says that there is news. */
export function useNotifications() {
  return useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam, signal }) =>
      call("listNotifications", { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: NOW_AND_THEN,
    staleTime: 0,
  });
}

export function useRefreshNotifications() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.notifications });
}

/** Shows at once. */
export function useReadNotifications() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: "all" | string[]) => call("readNotifications", { body: { ids } }),
    onMutate: async (ids) => {
      await client.cancelQueries({ queryKey: keys.notifications });
      const at = Date.now();
      client.setQueryData<Pages>(keys.notifications, (pages) => pages && readIn(pages, ids, at));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications }),
  });
}

function readIn(pages: Pages, ids: "all" | readonly string[], at: number): Pages {
  const reads = (id: string, readAt: number | null) => readAt === null && (ids === "all" || ids.includes(id));
  const count = pages.pages
    .flatMap(({ items }) => items)
    .filter(({ id, readAt }) => reads(id, readAt)).length;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      unread: ids === "all" ? 0 : Math.max(0, page.unread - count),
      items: page.items.map((item) => (reads(item.id, item.readAt) ? { ...item, readAt: at } : item)),
    })),
  };
}

export function useMailChoice() {
  return useQuery({ queryKey: keys.mail, queryFn: ({ signal }) => call("getMailChoice", { signal }) });
}

/** Shows at once, and goes back when the server refuses. */
export function usePutMailChoice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (digest: Digest) => call("putMailChoice", { body: { digest } }),
    onMutate: async (digest) => {
      await client.cancelQueries({ queryKey: keys.mail });
      const before = client.getQueryData<Output<"getMailChoice">>(keys.mail);
      if (before) client.setQueryData(keys.mail, { ...before, digest });
      return before;
    },
    onError: (_error, _digest, before) => client.setQueryData(keys.mail, before),
    onSuccess: (choice) => client.setQueryData(keys.mail, choice),
  });
}

export function stopMail(person: string, code: string) {
  return call("stopMail", { query: { person, code } });
}
