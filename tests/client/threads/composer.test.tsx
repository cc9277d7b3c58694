// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { Composer } from "../../../client/feature/threads/composer.tsx";
import { clear, key, one, show, type } from "../workspace/show.tsx";

afterEach(async () => {
  vi.unstubAllGlobals();
  await clear();
});

test("[THR-6] after a name is completed, what is typed at once stands after it", async () => {
  // No frame is painted between two quick keys.
  vi.stubGlobal("requestAnimationFrame", () => 0);
  await show(
    <Composer
      draftKey="quick"
      people={[{ id: "ben", name: "Ben Okafor", color: "#1A4FD6" }]}
      label="Answer"
      action="Answer"
      onSend={async () => undefined}
    />,
  );
  const field = one("textarea");
  if (!(field instanceof HTMLTextAreaElement)) throw new Error("no field");
  field.focus();
  await type(field, "@be for you");
  field.setSelectionRange(3, 3);
  await act(async () => field.dispatchEvent(new KeyboardEvent("keyup", { key: "ArrowLeft", bubbles: true })));
  one("[role=option]", "Ben Okafor");
  await key(field, "Enter");
  expect([field.value, field.selectionStart, field.selectionEnd]).toEqual([
    "@Ben Okafor for you",
    "@Ben Okafor ".length,
    "@Ben Okafor ".length,
  ]);
});
