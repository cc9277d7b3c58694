// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { TagBar } from "../../../client/feature/annotate/tag-bar.tsx";
import { codebook } from "../fake-session.ts";
import { all, clear, click, fakeEditor, key, one, show } from "../workspace/show.tsx";

afterEach(clear);

function bar(more: Partial<Parameters<typeof TagBar>[0]> = {}) {
  const editor = fakeEditor("some words");
  return (
    <TagBar
      codebook={codebook}
      range={{ from: 0, to: 4 }}
      editor={() => editor}
      chosen={["binding"]}
      hint="letter"
      docked={false}
      locking={false}
      onLock={null}
      onSame={() => undefined}
      onPress={() => undefined}
      onInfo={() => undefined}
      onDone={() => undefined}
      {...more}
    />
  );
}

test("[WRK-5] the bar has every tag that is switched on, with its key and whether the mark has it", async () => {
  await show(bar());
  const tags = all("[role=toolbar] button[aria-pressed]");
  expect(tags.map((tag) => tag.textContent)).toEqual([
    "BindingB",
    "ConditionalC",
    "IntentionI",
    "ConditionT",
    "ActorA",
    "BeneficiaryR",
    "DeadlineD",
    "SourceS",
    "HedgeH",
  ]);
  expect(tags.map((tag) => tag.getAttribute("aria-pressed"))).toEqual(["true", ...Array(8).fill("false")]);
});

test("[WRK-5] pressing a tag by pointer leaves the focus where it is", async () => {
  const onPress = vi.fn();
  await show(bar({ onPress }));
  const down = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
  await act(async () => one("button", "Conditional").dispatchEvent(down));
  expect(down.defaultPrevented).toBe(true);
  await click("button", "Conditional");
  expect(onPress).toHaveBeenCalledWith("conditional");
});

test("[WRK-5] arrow keys go from tag to tag", async () => {
  await show(bar());
  await act(async () => one("button", "Binding").focus());
  await key(one("button", "Binding"), "ArrowRight");
  expect(document.activeElement?.textContent).toContain("Conditional");
  await key(one("button", "Conditional"), "ArrowLeft");
  await key(one("button", "Binding"), "ArrowLeft");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("What do these tags mean?");
});

test("[WRK-24] while letters are text, the bar names the keys that work then", async () => {
  await show(bar({ hint: "alt-digit" }));
  expect(one("button", "Binding").textContent).toBe("BindingAlt 1");
});

test("[WRK-5] at the lower edge of a touch screen it can be put away", async () => {
  const onDone = vi.fn();
  await show(bar({ docked: true, hint: "none", onDone }));
  expect(one("button", "Binding").textContent).toBe("Binding");
  await click("button", "Done");
  expect(onDone).toHaveBeenCalled();
});
