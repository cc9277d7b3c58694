// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { PersonHere } from "../../../client/feature/people/gather.ts";
import { FollowBar } from "../../../client/feature/people/follow-bar.tsx";
import { Here } from "../../../client/feature/people/here.tsx";
import { useComings, useFollow, type Following } from "../../../client/feature/people/use-follow.ts";
import { Cell } from "../../../client/session/cell.ts";
import type { Present } from "../../../client/session/contract.ts";
import { Announcer } from "../../../client/ui/announcer.tsx";
import { all, clear, click, fakeEditor, key, one, show } from "./show.tsx";

afterEach(clear);

const person = (name: string, more: Partial<PersonHere> = {}): PersonHere => ({
  id: name.toLowerCase(),
  name,
  color: "#0072b2",
  self: false,
  quiet: false,
  ...more,
});

test("[WRK-25] faces of others are shown, the rest behind a number, myself never", async () => {
  const follow: (string | null)[] = [];
  const names = ["Ben", "Cleo", "Dan", "Eve", "Finn"];
  await show(
    <Here
      people={[person("Me", { self: true }), ...names.map((name) => person(name))]}
      following="ben"
      quiet={false}
      onFollow={(id) => follow.push(id)}
      onQuiet={() => undefined}
    />,
  );
  expect(all("button", "Follow").map((face) => face.getAttribute("aria-label"))).toEqual([
    "Follow Cleo",
    "Follow Dan",
  ]);
  // Those behind the number come apart from the page.
  await act(() => import("../../../client/feature/people/more-people.tsx"));
  await click("button", "Stop following Ben");
  await click("button", "2 more people");
  await click("[role=menuitem]", "Follow Finn");
  expect(follow).toEqual([null, "finn"]);
});

test("[WRK-25] the quiet switch says what it is", async () => {
  const onQuiet = vi.fn();
  await show(
    <Here people={[]} following={null} quiet={false} onFollow={() => undefined} onQuiet={onQuiet} />,
  );
  expect(one("button", "Be quiet").getAttribute("aria-pressed")).toBe("false");
  await click("button", "Be quiet");
  expect(onQuiet).toHaveBeenCalledWith(true);
});

test("[WRK-34] following shows the other's view whenever it moves, until I move myself", async () => {
  const editor = fakeEditor("text");
  const handle = () => editor;
  const scrolled: number[] = [];
  window.scrollBy = ((options: ScrollToOptions) => scrolled.push(options.top ?? 0)) as typeof window.scrollBy;
  const seen = (viewport: number, head: number): readonly Present[] => [
    { ...person("Ben"), clientId: 1, anchor: head, head, viewport },
  ];
  const present = new Cell(seen(10, 1));
  const people = [person("Ben")];
  let following: Following | null = null;
  function Scene() {
    following = useFollow(people, present, handle);
    return following.person ? (
      <FollowBar person={following.person} onStop={() => following?.follow(null)} />
    ) : null;
  }
  await show(<Scene />);
  expect(scrolled).toEqual([]);
  await act(async () => following?.follow("ben"));
  present.set(seen(10, 2));
  present.set(seen(50, 2));
  expect(scrolled).toEqual([10 * 10 - 96, 50 * 10 - 96]);
  expect(document.body.textContent).toContain("Following Ben");
  await act(async () => window.dispatchEvent(new Event("wheel")));
  expect(document.body.textContent).not.toContain("Following Ben");
  await act(async () => following?.follow("ben"));
  await key(document.body, "PageDown");
  expect(all("output")).toEqual([]);
});

test("[WRK-26] who comes and goes is said every few seconds, not at once", async () => {
  vi.useFakeTimers();
  function Scene({ people }: { people: readonly PersonHere[] }) {
    useComings(people);
    return <Announcer />;
  }
  const pass = () => act(async () => vi.advanceTimersByTime(5_000));
  await show(<Scene people={[]} />);
  await pass();
  await show(<Scene people={[person("Ben")]} />);
  await show(<Scene people={[person("Ben"), person("Cleo")]} />);
  expect(one("output").textContent).not.toContain("joined");
  await pass();
  expect(one("output").textContent).toBe("Ben and Cleo joined");
  await show(<Scene people={[person("Cleo")]} />);
  await pass();
  vi.useRealTimers();
  expect(one("output").textContent).toBe("Ben left");
});
