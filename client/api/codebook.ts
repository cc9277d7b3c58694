import { useQuery } from "@tanstack/react-query";
import { call } from "./client.ts";
import { keys } from "./keys.ts";

/** The codebook in force. */
export function useCodebook() {
  return useQuery({
    queryKey: keys.codebook,
    queryFn: ({ signal }) => call("getCodebook", { signal }),
    staleTime: 60_000,
  });
}
