import type { Placed } from "../../session/contract.ts";
import { ReviewSign } from "../../ui/review-sign.tsx";
import { useJudging, useSignOf } from "./judged.ts";

/** On a closed card: how the mark stands in review. */
export function JudgedSign({ members }: { members: readonly Placed[] }) {
  const sign = useSignOf(members);
  return sign && <ReviewSign sign={sign} />;
}

/** On an open card: what reviewers said. */
export function JudgedSection({ members }: { members: readonly Placed[] }) {
  const { Section } = useJudging();
  return Section && <Section keys={members.map(({ key }) => key)} />;
}
