import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { ArticleItem } from "#shared/wire/shapes.ts";
import { call, type Input, type Output } from "./client.ts";
import { keys } from "./keys.ts";

export type { ArticleItem } from "#shared/wire/shapes.ts";
export type NewArticle = Input<"createArticle">["body"];
export type ArticlePatch = Input<"patchArticle">["body"];

type Pages = InfiniteData<Output<"listArticles">, string | null>;

/** Articles of one tab, page by page. Asks again now and then, since people come and go. */
export function useArticles(archived: boolean) {
  return useInfiniteQuery({
    queryKey: keys.articles(archived),
    queryFn: ({ pageParam, signal }) =>
      call("listArticles", {
        query: {
          archived: archived ? "true" : "false",
          limit: 200,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
}

export function useArticle(id: string) {
  return useQuery({
    queryKey: keys.article(id),
    queryFn: ({ signal }) => call("getArticle", { params: { id }, signal }),
  });
}

export function useSamples(enabled: boolean) {
  return useQuery({
    queryKey: keys.samples,
    queryFn: ({ signal }) => call("listSamples", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

export function useCreateArticle() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (body: NewArticle) => call("createArticle", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.allArticles }),
  });
}

/** `title` empty: the server takes it from the file. */
export function useUploadArticle() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: ({ file, title }: { file: File; title: string }) =>
      call("uploadArticle", {
        query: { name: file.name, ...(title === "" ? {} : { title }) },
        body: file,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.allArticles }),
  });
}

export function useCreateFromSample() {
  const client = useQueryClient();
  return useMutation({
    meta: { inline: true },
    mutationFn: (id: string) => call("createFromSample", { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.allArticles }),
  });
}

type Change = { readonly id: string; readonly patch: ArticlePatch };

/** Renames, describes, archives or restores. Shows at once, and goes back when the server refuses. */
export function usePatchArticle({ inline = false }: { inline?: boolean } = {}) {
  const client = useQueryClient();
  return useMutation({
    meta: { inline },
    mutationFn: ({ id, patch }: Change) => call("patchArticle", { params: { id }, body: patch }),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: keys.allArticles });
      const before = client.getQueriesData({ queryKey: keys.allArticles });
      showChange(client, change);
      return before;
    },
    onError: (_error, _change, before) => {
      for (const [key, data] of before ?? []) client.setQueryData(key, data);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.allArticles }),
  });
}

function showChange(client: QueryClient, { id, patch }: Change): void {
  const { archived, ...fields } = definedOnly(patch);
  const apply = (item: ArticleItem): ArticleItem => ({ ...item, ...fields });
  client.setQueryData<ArticleItem>(keys.article(id), (item) => item && apply(item));
  for (const tab of [true, false]) {
    client.setQueryData<Pages>(
      keys.articles(tab),
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.flatMap((item) => {
              if (item.id !== id) return [item];
              return archived === undefined || archived === tab ? [apply(item)] : [];
            }),
          })),
        },
    );
  }
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function definedOnly<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
