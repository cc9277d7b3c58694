// @vitest-environment jsdom
import { act, type ComponentType } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { Late } from "../../../client/page/article/late.tsx";
import { dismiss, noticeStore } from "../../../client/ui/notify.ts";
import { clear, show, shown } from "./show.tsx";

afterEach(async () => {
  vi.useRealTimers();
  for (const { id } of noticeStore.get()) dismiss(id);
  await clear();
});

function Hello({ name }: { name: string }) {
  return <p>Hello {name}</p>;
}

async function scene(load: () => Promise<ComponentType<{ name: string }>>) {
  vi.useFakeTimers();
  const onFailed = vi.fn();
  const late = (wanted: boolean) =>
    show(<Late load={load} wanted={wanted} props={{ name: "Ana" }} onFailed={onFailed} />);
  const pass = (time: number) => act(() => vi.advanceTimersByTimeAsync(time));
  return { late, pass, onFailed };
}

test("[WRK-42] a part is fetched when it is wanted, and otherwise a little later, so that it is at hand offline", async () => {
  const load = vi.fn(async () => Hello);
  const { late, pass } = await scene(load);
  await late(false);
  await pass(100);
  expect(load).not.toHaveBeenCalled();
  await pass(10_000);
  expect(load).toHaveBeenCalledOnce();
  expect(shown()).not.toContain("Hello");
  await late(true);
  expect(shown()).toContain("Hello Ana");
});

test("[WRK-42] a part that does not come is said once it is wanted, leaves the page standing, and is tried again", async () => {
  const load = vi.fn(async (): Promise<typeof Hello> => {
    if (load.mock.calls.length < 3) throw new TypeError("no connection");
    return Hello;
  });
  const { late, pass, onFailed } = await scene(load);
  await late(false);
  await pass(10_000);
  expect(noticeStore.get()).toEqual([]);
  await late(true);
  await pass(10);
  expect(noticeStore.get()[0]?.message).toContain("did not load");
  expect(onFailed).toHaveBeenCalledOnce();
  await late(false);
  await late(true);
  await pass(10);
  expect(shown()).toContain("Hello Ana");
});
