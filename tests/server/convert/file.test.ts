import { expect, test } from "vitest";
import { convertArticle, type ConvertedArticle } from "../../../server/convert/article.ts";
import { Problem } from "../../../shared/model/problem.ts";
import { texts } from "./outline.ts";

function file(fileName: string, bytes: Uint8Array | string): ConvertedArticle {
  return convertArticle({
    fileName,
    bytes: typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
  });
}

function refusal(fileName: string, bytes: Uint8Array | string): Problem {
  try {
    file(fileName, bytes);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${fileName} was taken`);
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Text as bytes of a single-byte encoding, found by decoding every byte. */
function encode(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  );
  return Uint8Array.from(text, (character) => table.get(character) ?? 63);
}

function utf16(text: string, { bigEndian = false, mark = true } = {}): Uint8Array {
  const units = (mark ? "\uFEFF" : "") + text;
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (let at = 0; at < units.length; at++) view.setUint16(at * 2, units.charCodeAt(at), !bigEndian);
  return new Uint8Array(view.buffer);
}

test("[IMP-14] the name gives the format", () => {
  expect(texts(file("a.txt", "# <b>x</b>"))).toEqual(["# <b>x</b>"]);
  expect(texts(file("README", "# x"))).toEqual(["# x"]);
  expect(file("A.MD", "# x").doc.firstChild?.type.name).toBe("heading");
  expect(texts(file("page.old.HTM", "<b>x</b>"))).toEqual(["x"]);
});

test.each([
  ["agreement.docx", "PK\x03\x04word/document.xml", /word processor/],
  ["agreement.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", /word processor/],
  ["agreement.rtf", "{\\rtf1 hello}", /word processor/],
  ["agreement.odt", "PK\x03\x04mimetype", /word processor/],
  ["agreement.pdf", "%PDF-1.7", /PDF/],
  ["renamed.txt", "%PDF-1.7", /PDF/],
  ["renamed.html", "PK\x03\x04", /archive/],
  ["table.xlsx", "PK\x03\x04xl/", /spreadsheet/],
  ["table.xls", "\xD0\xCF\x11\xE0", /spreadsheet/],
  ["talk.pptx", "PK\x03\x04ppt/", /slides/],
  ["book.epub", "PK\x03\x04mimetype", /e-book/],
  ["scan.png", "\x89PNG\r\n", /picture/],
  ["scan.txt", "\xFF\xD8\xFF\xE0", /picture/],
  ["speech.mp3", "ID3\x03", /transcript/],
  ["letter.eml", "From: a", /e-mail/],
  ["data.csv", "a,b", /\.txt, \.md and \.html/],
  ["data.json", "{}", /\.txt, \.md and \.html/],
])("[IMP-14] %s is refused with what to do instead", (name, bytes, advice) => {
  const problem = refusal(name, latin1(bytes));
  expect(problem.code).toBe("unsupported-file");
  expect(problem.status).toBe(415);
  expect(problem.message).toMatch(advice);
});

test("[IMP-14] bytes that are no text are refused whatever they are called", () => {
  const program = latin1("\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0\x01\0\0\0");
  expect(refusal("a.txt", program).code).toBe("unreadable-file");
  expect(
    refusal(
      "a.html",
      Uint8Array.from({ length: 600 }, (_, at) => (at * 37) % 256),
    ).code,
  ).toBe("unreadable-file");
  expect(refusal("a.txt", Uint8Array.of(0xff, 0xfe, 0, 0, 65, 0, 0, 0)).code).toBe("unreadable-file");
});

const FRENCH =
  "L’Élysée a annoncé un accord détaillé : les alliés s’engagent à protéger l’Ukraine, dès août.";
const RUSSIAN = "Президент заявил, что стороны обязуются соблюдать соглашение после прекращения огня.";
const POLISH =
  "Strony zobowiązują się do ścisłej współpracy oraz udzielą pomocy, jeżeli zajdzie taka potrzeba.";

test("[IMP-13] UTF-8 with and without a mark", () => {
  expect(file("a.txt", `\uFEFF${FRENCH}`)).toMatchObject({ encoding: "utf-8", notes: [] });
  expect(texts(file("a.txt", `\uFEFF${FRENCH}`))).toEqual([FRENCH]);
  expect(texts(file("a.txt", RUSSIAN))).toEqual([RUSSIAN]);
});

test("[IMP-13] UTF-16 of both orders, with and without a mark", () => {
  for (const bigEndian of [false, true]) {
    for (const mark of [false, true]) {
      const article = file("a.txt", utf16(FRENCH, { bigEndian, mark }));
      expect(texts(article)).toEqual([FRENCH]);
      expect(article.encoding).toBe(bigEndian ? "utf-16be" : "utf-16le");
    }
  }
});

test.each([
  ["windows-1252", FRENCH],
  ["windows-1251", RUSSIAN],
  ["koi8-r", RUSSIAN],
  ["iso-8859-2", POLISH],
])("[IMP-13] %s is guessed, and the guess is noted", (encoding, text) => {
  const article = file("a.txt", encode(`${text}\n`.repeat(5), encoding));
  expect(texts(article)).toEqual(Array.from({ length: 5 }, () => text));
  expect(article.notes.join()).toMatch(/encoding was guessed/);
});

test("[IMP-13] a page's declaration is believed unless its bytes are UTF-8", () => {
  const page = (charset: string, text: string): string =>
    `<html><head><meta charset="${charset}"></head><p>${text}</p>`;
  const declared = file("a.html", encode(page("windows-1251", RUSSIAN), "windows-1251"));
  expect(declared).toMatchObject({ encoding: "windows-1251", notes: [] });
  expect(texts(declared)).toEqual([RUSSIAN]);
  const http = encode(
    `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>${POLISH}`,
    "iso-8859-2",
  );
  expect(texts(file("a.html", http))).toEqual([POLISH]);
  const wrong = file("a.html", page("windows-1251", RUSSIAN));
  expect(texts(wrong)).toEqual([RUSSIAN]);
  expect(wrong.notes).toEqual(["The page says it is windows-1251, but it is UTF-8 and was read as that."]);
  expect(texts(file("a.html", encode(page("no-such-charset", FRENCH.repeat(3)), "windows-1252")))).toEqual([
    FRENCH.repeat(3),
  ]);
});

test("[IMP-13] a few broken bytes do not make it another encoding", () => {
  const bytes = new TextEncoder().encode(`${RUSSIAN}\n`.repeat(60));
  bytes[1] = 0x20;
  const article = file("a.txt", bytes);
  expect(article.encoding).toBe("utf-8");
  expect(article.notes).toEqual(["1 character could not be read and show as \uFFFD."]);
});

test.each(["", "   \n\t\r\n ", "\uFEFF", "\u0000\u0001"])("[IMP-16] %j is refused", (content) => {
  for (const format of ["text", "markdown", "html"] as const) {
    expect(() => convertArticle({ format, content })).toThrow(
      expect.objectContaining({ code: "invalid-content" }),
    );
  }
});

test("[IMP-16] a page without text is refused", () => {
  expect(() => file("a.html", "<script>x</script><img src=y>")).toThrow(/no text/);
  expect(() => file("empty.txt", "")).toThrow(/no text/);
});

test("[IMP-18] too much text or too many paragraphs are refused", () => {
  expect(refusal("a.txt", new Uint8Array(20_000_001)).code).toBe("too-large");
  for (const [format, part] of [
    ["text", "a\n"],
    ["html", "<p>a"],
    ["markdown", "a\n\n"],
  ] as const) {
    expect(() => convertArticle({ format, content: part.repeat(100_001) })).toThrow(
      expect.objectContaining({ code: "too-large", message: expect.stringContaining("100,000 paragraphs") }),
    );
  }
});
