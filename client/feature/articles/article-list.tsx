import { Button, CloseButton, NativeSelect, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { type ArticleItem, useArticles, usePatchArticle } from "../../api/articles.ts";
import { useCan } from "../../api/self.tsx";
import { count } from "../../ui/count.ts";
import { focusOr } from "../../ui/focus.ts";
import { notify } from "../../ui/notify.ts";
import { RetryNote } from "../../ui/retry-note.tsx";
import css from "./article-list.module.css";
import { ArticleRow, type RowActions } from "./article-row.tsx";
import { arrange, type Order, ORDERS, parseOrder } from "./order.ts";

const DetailsDialog = lazy(async () => ({ default: (await import("./details-dialog.tsx")).DetailsDialog }));

/** Few enough to see at a glance: no search field is needed. */
const GLANCE = 4;

/** The articles of one tab, with search and order. `empty` stands in when there is none at all. */
export function ArticleList({ archived, empty }: { archived: boolean; empty: ReactNode }) {
  const articles = useArticles(archived);
  const mayChange = useCan("article.archive");
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<Order>("changed");
  const [detailsOf, setDetailsOf] = useState<ArticleItem | null>(null);
  const setArchived = useSetArchived();

  const items = articles.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = arrange(items, search, order);
  const { list, leave } = useFocusAfterLeaving(shown);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = articles;
  const needsAll = search !== "" || order !== "changed";
  useEffect(() => {
    if (needsAll && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [needsAll, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (articles.isPending) return <ListSkeleton />;
  if (articles.error && items.length === 0) {
    return <RetryNote problem={articles.error} retry={() => void articles.refetch()} />;
  }
  if (items.length === 0) return empty;

  const actions: RowActions | null = mayChange
    ? {
        onDetails: setDetailsOf,
        onArchive: (item, to) => {
          setArchived(item, to);
          leave(item.id);
        },
      }
    : null;

  return (
    <div className={css.block}>
      {(items.length > GLANCE || search !== "") && (
        <ListControls
          search={search}
          order={order}
          onSearch={setSearch}
          onOrder={setOrder}
          found={hasNextPage && needsAll ? null : shown.length}
        />
      )}
      {shown.length === 0 && !hasNextPage && (
        <p className={css.none}>No article here matches “{search.trim()}”.</p>
      )}
      <ul className={css.list} ref={list}>
        {shown.map((item) => (
          <ArticleRow key={item.id} item={item} actions={actions} />
        ))}
      </ul>
      {hasNextPage && !needsAll && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      <Suspense>
        {detailsOf && <DetailsDialog item={detailsOf} onClose={() => setDetailsOf(null)} />}
      </Suspense>
    </div>
  );
}

function ListControls({
  search,
  order,
  found,
  onSearch,
  onOrder,
}: {
  search: string;
  order: Order;
  found: number | null;
  onSearch: (search: string) => void;
  onOrder: (order: Order) => void;
}) {
  const [said] = useDebouncedValue(search === "" || found === null ? "" : count(found, "article"), 600);
  return (
    <div className={css.controls}>
      <TextInput
        className={css.search}
        type="search"
        aria-label="Search articles"
        placeholder="Search title, source, date"
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={
          search !== "" && <CloseButton aria-label="Clear search" size="sm" onClick={() => onSearch("")} />
        }
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && onSearch("")}
      />
      <NativeSelect
        aria-label="Order"
        data={ORDERS}
        value={order}
        onChange={(event) => onOrder(parseOrder(event.currentTarget.value))}
      />
      <output className={css.said}>{said}</output>
    </div>
  );
}

/** Archives or restores at once, and offers the way back. */
function useSetArchived() {
  const patch = usePatchArticle();
  return (item: ArticleItem, archived: boolean): void => {
    const change = (to: boolean) => patch.mutateAsync({ id: item.id, patch: { archived: to } });
    const undo = () => void change(!archived).catch(() => undefined);
    const done = `${archived ? "Archived" : "Restored"} “${item.title}”.`;
    change(archived).then(
      () => notify({ message: done, action: { label: "Undo", run: undo } }),
      () => undefined,
    );
  };
}

/** When the row that was being used leaves the list of `rows`, focus goes to the row in its place. */
function useFocusAfterLeaving(rows: readonly ArticleItem[]) {
  const list = useRef<HTMLUListElement>(null);
  const leaving = useRef<{ readonly id: string; readonly index: number } | null>(null);
  useEffect(() => {
    if (leaving.current === null || rows.some(({ id }) => id === leaving.current?.id)) return;
    const links = [...(list.current?.querySelectorAll<HTMLElement>("h2 a") ?? [])];
    focusOr(links[leaving.current.index] ?? links.at(-1) ?? null);
    leaving.current = null;
  }, [rows]);
  const leave = (id: string): void => {
    leaving.current = { id, index: rows.findIndex((row) => row.id === id) };
  };
  return { list, leave };
}

function ListSkeleton() {
  return (
    <ul className={css.list} aria-busy>
      {[62, 48, 70].map((width) => (
        <li key={width} className={css.row}>
          <div className={css.what}>
            <Skeleton height={22} width={`${width}%`} mb={10} />
            <Skeleton height={13} width="45%" />
          </div>
        </li>
      ))}
    </ul>
  );
}
