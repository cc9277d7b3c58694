// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { focusRegion } from "../../../client/page/article/regions.ts";
import { useUndoOffer, type UndoOffer } from "../../../client/page/article/use-undo-offer.ts";
import { noticeStore } from "../../../client/ui/notify.ts";
import { FakeSession } from "../fake-session.ts";
import { clear, show } from "./show.tsx";

afterEach(clear);

test("[WRK-30] F6 leads from part to part and round, past parts without anything to focus", () => {
  document.body.innerHTML = `
    <section data-region="people" aria-label="People here"><button id="face">x</button></section>
    <aside data-region="panel" aria-label="Filters"><p>empty</p></aside>
    <div data-region="text"></div>
    <section data-region="annotations" aria-label="Annotations"><button id="card">x</button></section>`;
  // jsdom has no layout, so nothing would count as shown.
  Object.defineProperty(HTMLElement.prototype, "offsetParent", {
    get: () => document.body,
    configurable: true,
  });
  const focusText = vi.fn(() => (document.activeElement as HTMLElement | null)?.blur());
  expect(focusRegion(1, focusText)).toBe("People here");
  expect(document.activeElement?.id).toBe("face");
  expect(focusRegion(1, focusText)).toBe("text");
  expect(focusText).toHaveBeenCalledOnce();
  document.getElementById("face")?.focus();
  expect(focusRegion(-1, focusText)).toBe("Annotations");
  expect(document.activeElement?.id).toBe("card");
  expect(focusRegion(1, focusText)).toBe("People here");
});

test("[WRK-32] there is one offer to undo, for the last thing done; typing ends it", async () => {
  const session = new FakeSession("text");
  let offers: UndoOffer | null = null;
  function Scene() {
    offers = useUndoOffer(session);
    return <div className="gloss-text" />;
  }
  await show(<Scene />);
  const shown = () => noticeStore.get().map(({ message }) => message);
  offers = offers as UndoOffer | null;
  offers?.offer("Binding added");
  offers?.offer("Mark deleted");
  expect(shown()).toEqual(["Mark deleted"]);
  expect(noticeStore.get()[0]?.action?.label).toBe("Undo");
  document.querySelector(".gloss-text")?.dispatchEvent(new Event("input", { bubbles: true }));
  expect(shown()).toEqual([]);
});
