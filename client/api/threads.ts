import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type Input, type Output } from "./client.ts";
import { keys } from "./keys.ts";

/** Discussions: what is said stands in the live document; here is how to say it, and how far I have read. */

export type ThreadTarget = Input<"startThread">["body"]["target"];
export type NewMessage = Input<"addMessage">["body"];
type Reads = Output<"listThreadReads">;

/** How far I have read each discussion of an article, by its id. */
export function useThreadReads(article: string) {
  return useQuery({
    queryKey: keys.threadReads(article),
    queryFn: ({ signal }) => call("listThreadReads", { params: { id: article }, signal }),
    select: ({ items }) => new Map(items.map(({ thread, upTo }) => [thread, upTo])),
  });
}

/** Notes at once, here too, how far a discussion was read. */
export function useReadThread(article: string) {
  const client = useQueryClient();
  const note = (thread: string, upTo: number) =>
    client.setQueryData<Reads>(keys.threadReads(article), (reads) => {
      if (!reads) return reads;
      const before = reads.items.find((one) => one.thread === thread)?.upTo ?? 0;
      const others = reads.items.filter((one) => one.thread !== thread);
      return { items: [...others, { thread, upTo: Math.max(before, upTo) }] };
    });
  return useMutation({
    meta: { inline: true },
    onMutate: ({ thread, upTo }) => void note(thread, upTo),
    mutationFn: ({ thread, upTo }: { thread: string; upTo: number }) =>
      call("readThread", { params: { id: article, thread }, body: { upTo } }),
  });
}

export function startThread(article: string, body: Input<"startThread">["body"]) {
  return call("startThread", { params: { id: article }, body });
}

export function addMessage(article: string, thread: string, body: NewMessage) {
  return call("addMessage", { params: { id: article, thread }, body });
}

type OfMessage = { readonly article: string; readonly thread: string; readonly message: string };

export function editMessage({ article, thread, message }: OfMessage, body: Input<"editMessage">["body"]) {
  return call("editMessage", { params: { id: article, thread, message }, body });
}

export function deleteMessage({ article, thread, message }: OfMessage) {
  return call("deleteMessage", { params: { id: article, thread, message } });
}

export function useResolveThread(article: string) {
  return useMutation({
    mutationFn: ({ thread, resolved }: { thread: string; resolved: boolean }) =>
      call("resolveThread", { params: { id: article, thread }, body: { resolved } }),
  });
}
