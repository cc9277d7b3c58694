import type { QueryClient } from "@tanstack/react-query";
import { createQueryClient } from "../api/query-client.ts";
import { meQuery } from "../api/me.ts";
import { notifyProblem } from "../ui/notify.ts";

/** The cache of this page; asks at once who is signed in, beside the loading of the first screen. */
export function createAppQueryClient(): QueryClient {
  const client = createQueryClient(notifyProblem);
  void client.prefetchQuery(meQuery);
  return client;
}
