import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { convertArticle } from "../../../server/convert/article.ts";
import { plain, texts } from "./outline.ts";

test("[IMP-1] one paragraph a line, unchanged", () => {
  const lines = [
    "First line.",
    "  indented, with trailing space ",
    "tab\there",
    "10 < 20 & <b>not markup</b>",
  ];
  const article = plain(`${lines[0]}\n\n\n${lines[1]}\n${lines[2]}\n   \n${lines[3]}\n`);
  expect(texts(article)).toEqual(lines);
  expect(article.doc.children.every((node) => node.type.name === "paragraph")).toBe(true);
  expect(article.notes).toEqual([]);
});

test("[IMP-1] the seed article comes in word for word", () => {
  const bytes = readFileSync("seeds/articles/summit-paris-2026-01-07.txt");
  const article = convertArticle({ fileName: "summit.txt", bytes });
  expect(texts(article).join("\n")).toBe(bytes.toString("utf8").trimEnd());
  expect(article.notes).toEqual([]);
});

const WRAPPED = `The parties to this agreement recognise that security is indivisible and
that any attack on one of them is a matter of concern to all. They will
therefore consult at the highest level within twenty-four hours of such an
attack and decide on the steps that are to be taken.

In the event of a ceasefire the parties will establish a coordination unit
that integrates the armed forces of the members. The unit will have its
headquarters in a city to be agreed, and will report to a council of
ministers every month.
`;

test("[IMP-2] a hard-wrapped text gets its paragraphs back", () => {
  const article = plain(WRAPPED);
  expect(texts(article)).toHaveLength(2);
  expect(texts(article)[0]).toBe(
    "The parties to this agreement recognise that security is indivisible and that any attack on one of " +
      "them is a matter of concern to all. They will therefore consult at the highest level within " +
      "twenty-four hours of such an attack and decide on the steps that are to be taken.",
  );
  expect(article.notes).toEqual(["Lines wrapped at about 74 characters were joined."]);
});

test("[IMP-2] lists in a wrapped text keep their lines", () => {
  const list = "1. a council of ministers,\n2. a unit of coordination,\n- and a fund.\n";
  expect(texts(plain(`${WRAPPED}\n${list}`)).slice(2)).toEqual([
    "1. a council of ministers,",
    "2. a unit of coordination,",
    "- and a fund.",
  ]);
});

test("[IMP-2] a word parted at the end of a line is not given a space", () => {
  const article = plain(
    WRAPPED.replace("security is indivisible and\nthat", "security is bound to a long-\nterm that"),
  );
  expect(texts(article)[0]).toContain("bound to a long-term that");
});

test.each([
  [
    "verse",
    "Do not go gentle into that good night,\nOld age should burn and rave at close of day;\n\n".repeat(5),
  ],
  ["addresses", "Hotel Masseria San Domenico and Conference Centre\nFasano\nItaly\n\n".repeat(5)],
  ["short lines", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n\nnine\nten\n"],
  ["long lines", `${"word ".repeat(60)}\n${"word ".repeat(60)}\n\n`.repeat(5)],
  ["a list without blank lines", "Item one of the list that is somewhat long indeed\n".repeat(12)],
])("[IMP-2] %s are not taken for wrapped text", (_name, text) => {
  const article = plain(text);
  expect(texts(article)).toEqual(text.split("\n").filter((line) => line.trim() !== ""));
  expect(article.notes).toEqual([]);
});

test("[IMP-3] line ends of every system part lines", () => {
  expect(texts(plain("a\r\nb\rc\nd\u2028e\u2029f\u0085g\fh\vi"))).toEqual(Array.from("abcdefghi"));
});

test("[IMP-3] byte order marks leave no trace", () => {
  const article = plain("\uFEFFone \uFEFFtwo");
  expect(texts(article)).toEqual(["one two"]);
  expect(article.notes).toEqual([]);
});

test("[IMP-4] control characters and broken pairs are taken out and counted", () => {
  const article = plain("a\u0000b\u0007c\uD83Dd\uDE00e\u009Ff\uFFFC 😀");
  expect(texts(article)).toEqual(["abcdef 😀"]);
  expect(article.notes).toEqual([
    "6 characters that cannot be shown (control characters, broken pairs) left out.",
  ]);
  expect(plain("a\u0000").notes[0]).toMatch(/^1 character that cannot/);
});

test("[IMP-15] the title is the first line, cut between words", () => {
  expect(plain("\n\n  A title \nThen text").title).toBe("A title");
  const { title } = plain("word ".repeat(100));
  expect(title).toMatch(/^(word )+word…$/);
  expect(title.length).toBeLessThanOrEqual(200);
  expect(plain("😀".repeat(150)).title).toBe(`${"😀".repeat(99)}…`);
});
