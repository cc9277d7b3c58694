// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { useLostSteps } from "../../../client/page/article/use-lost-steps.ts";
import { noticeStore } from "../../../client/ui/notify.ts";
import { FakeSession } from "../fake-session.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function Page({ session }: { session: FakeSession }): null {
  useLostSteps(session);
  return null;
}

test("[SES-26] a lost step is told in a sentence, as long as its article is open", async () => {
  const session = new FakeSession("Parties shall report.");
  const root = createRoot(document.createElement("div"));
  await act(async () => root.render(<Page session={session} />));
  expect(noticeStore.get()).toEqual([]);
  session.lostSteps.set(1);
  expect(noticeStore.get()).toMatchObject([{ tone: "problem" }]);
  expect(noticeStore.get()[0]?.message).toContain("could not be undone or redone");
  await act(async () => root.unmount());
  session.lostSteps.set(2);
  expect(noticeStore.get()).toHaveLength(1);
});
