// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dismiss, noticeStore, notify } from "../../../client/ui/notify.ts";
import { STAYS, Toaster } from "../../../client/ui/toaster.tsx";
import { openScreen } from "../feature-shell/screen.tsx";

let root: Root;

beforeEach(async () => {
  await openScreen().close();
  vi.useFakeTimers();
  root = createRoot(document.body.appendChild(document.createElement("div")));
  await act(async () => {
    root.render(
      <MantineProvider env="test">
        <Toaster />
      </MantineProvider>,
    );
  });
});

afterEach(async () => {
  await act(async () => root.unmount());
  for (const { id } of noticeStore.get()) dismiss(id);
  document.body.replaceChildren();
  vi.useRealTimers();
});

const say = (...notices: Parameters<typeof notify>[0][]) => act(async () => notices.forEach(notify));
const wait = (ms: number) => act(async () => vi.advanceTimersByTime(ms));
const shown = () => [...document.querySelectorAll("li span")].map((item) => item.textContent);

test("[UI-14] a message stays for eight seconds in a polite live region", async () => {
  expect(document.querySelector("[aria-live=polite]")).not.toBeNull();
  await say({ message: "Saved." });
  expect(document.querySelector("[aria-live=polite]")?.textContent).toContain("Saved.");
  await wait(7_999);
  expect(shown()).toEqual(["Saved."]);
  await wait(1);
  expect(STAYS).toBe(8_000);
  expect(shown()).toEqual([]);
});

test("[UI-14] its clock rests while it is focused; F8 leads to it", async () => {
  const run = vi.fn();
  await say({ message: "Archived.", action: { label: "Undo", run } });
  await act(async () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "F8" })));
  expect(document.activeElement?.textContent).toBe("Undo");
  await wait(60_000);
  expect(shown()).toEqual(["Archived."]);
  await act(async () => document.querySelector<HTMLElement>("li button")?.click());
  expect(run).toHaveBeenCalledOnce();
  expect(shown()).toEqual([]);
});

test("[UI-14] its clock rests while it is pointed at", async () => {
  await say({ message: "Archived." });
  const item = document.querySelector("li");
  await act(async () => item?.dispatchEvent(new MouseEvent("mouseenter")));
  await wait(60_000);
  expect(shown()).toEqual(["Archived."]);
  await act(async () => item?.dispatchEvent(new MouseEvent("mouseleave")));
  await wait(8_000);
  expect(shown()).toEqual([]);
});

test("[UI-14] at most three messages are shown, the newest", async () => {
  await say({ message: "1" }, { message: "2" }, { message: "3" }, { message: "4" });
  expect(shown()).toEqual(["2", "3", "4"]);
});
