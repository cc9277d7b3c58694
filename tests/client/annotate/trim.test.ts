import { expect, test } from "vitest";
import { trimRange } from "../../../client/feature/annotate/trim.ts";

test("[WRK-4] blanks at the ends of a selection do not belong to the mark", () => {
  expect(trimRange({ from: 10, to: 17 }, "  act  ")).toEqual({ from: 12, to: 15 });
  expect(trimRange({ from: 10, to: 13 }, "act")).toEqual({ from: 10, to: 13 });
});

test("[WRK-4] a selection of blanks is none", () => {
  expect(trimRange({ from: 10, to: 13 }, " \n ")).toBeNull();
  expect(trimRange({ from: 10, to: 10 }, "")).toBeNull();
});

test("[WRK-4] over several blocks only the outer ends are cut", () => {
  expect(trimRange({ from: 5, to: 20 }, " one \n two ")).toEqual({ from: 6, to: 19 });
  expect(trimRange({ from: 5, to: 20 }, "\none\n")).toEqual({ from: 5, to: 20 });
});

const words = (text: string) => {
  const range = trimRange({ from: 100, to: 100 + text.length }, text, true);
  return range && text.slice(range.from - 100, range.to - 100);
};

test("[QCK-3] quotation marks, halves of pairs and punctuation at the ends stay out", () => {
  expect(words("“we will act.” ")).toBe("we will act");
  expect(words(" (if approved) the EU will pay;")).toBe("(if approved) the EU will pay");
  expect(words("the EU will pay (if")).toBe("the EU will pay (if");
  expect(words("will pay)")).toBe("will pay");
  expect(words(", and “others will")).toBe("and “others will");
  expect(words('"so be it", ')).toBe("so be it");
  expect(words("a ceasefire —")).toBe("a ceasefire");
});

test("[QCK-3] signs that belong to the words stay", () => {
  expect(words("the U.S.")).toBe("the U.S.");
  expect(words("the workers’ ")).toBe("the workers’");
  expect(words(".5 percent")).toBe(".5 percent");
  expect(words("“yes” and “no”")).toBe("“yes” and “no”");
  expect(words("…")).toBe("…");
});
