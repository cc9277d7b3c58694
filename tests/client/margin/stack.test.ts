import { expect, test } from "vitest";
import { clickStack, nextInStack } from "../../../client/feature/margin/stack.ts";

test("[WRK-8] the keys walk the stack both ways and round", () => {
  const stack = ["a", "b", "c"];
  expect(nextInStack(stack, null, 1)).toBe("a");
  expect(nextInStack(stack, null, -1)).toBe("c");
  expect(nextInStack(stack, "c", 1)).toBe("a");
  expect(nextInStack(stack, "a", -1)).toBe("c");
  expect(nextInStack([], "a", 1)).toBeNull();
});

test("[WRK-8] clicking the same spot again chooses the next larger; another spot starts anew", () => {
  const stack = ["small", "large"];
  expect(clickStack(stack, null, null)).toBe("small");
  expect(clickStack(stack, "small", stack)).toBe("large");
  expect(clickStack(stack, "large", stack)).toBe("small");
  expect(clickStack(stack, "small", ["other"])).toBe("small");
});
