import { Problem } from "#shared/model/problem.ts";
import type { FORMATS } from "#shared/wire/shapes.ts";

export type Format = (typeof FORMATS)[number];

const EXTENSIONS: Readonly<Record<string, Format>> = {
  txt: "text",
  text: "text",
  md: "markdown",
  markdown: "markdown",
  mdown: "markdown",
  html: "html",
  htm: "html",
  xhtml: "html",
};

const COPY = "Or copy the text there and paste it here.";

/** What to do with files that people will try, by the kind of file. */
const ADVICE = {
  word: `This is a word processor document. Save it there as "Web page" (.html) or "Plain text" (.txt) and import that. ${COPY}`,
  pdf: "This is a PDF. Open it, select all, copy, and paste the text into a new article.",
  sheet: `This is a spreadsheet. Gloss annotates running text: .txt, .md or .html. ${COPY}`,
  slides: `These are slides. Save them there as an outline or plain text (.txt) and import that. ${COPY}`,
  book: `This is an e-book. Convert it to .html or .txt and import that. ${COPY}`,
  picture: "This is a picture. Gloss needs text: copy it out of the picture or type it, and paste it.",
  media: "This is sound or video. Gloss needs text: import a transcript as .txt, .md or .html.",
  archive: "This is an archive. Unpack it and import the .txt, .md or .html files in it one by one.",
  mail: `This is a stored e-mail. Save it there as .html or .txt and import that. ${COPY}`,
} as const;
type Kind = keyof typeof ADVICE;

const KINDS: Readonly<Record<Kind, readonly string[]>> = {
  word: ["doc", "docx", "docm", "dot", "dotx", "odt", "rtf", "pages", "wps", "wpd", "gdoc"],
  pdf: ["pdf"],
  sheet: ["xls", "xlsx", "ods", "numbers"],
  slides: ["ppt", "pptx", "odp", "key"],
  book: ["epub", "mobi", "azw3"],
  picture: ["png", "jpg", "jpeg", "gif", "webp", "svg", "tif", "tiff", "bmp", "heic"],
  media: ["mp3", "mp4", "m4a", "wav", "ogg", "mov", "avi", "mkv", "webm"],
  archive: ["zip", "gz", "tar", "tgz", "7z", "rar", "bz2", "xz"],
  mail: ["eml", "msg"],
};

/** First bytes of files that are no text, whatever they are called. A zip may also be a document. */
const MAGIC: readonly (readonly [bytes: string, kind: Kind])[] = [
  ["%PDF-", "pdf"],
  ["{\\rtf", "word"],
  ["\xD0\xCF\x11\xE0", "word"],
  ["PK\x03\x04", "archive"],
  ["PK\x05\x06", "archive"],
  ["\x1F\x8B", "archive"],
  ["7z\xBC\xAF", "archive"],
  ["Rar!", "archive"],
  ["\x89PNG", "picture"],
  ["\xFF\xD8\xFF", "picture"],
  ["GIF8", "picture"],
  ["ID3", "media"],
  ["OggS", "media"],
];

/**
 * The format of a file by its name and first bytes. Throws Problem `unsupported-file` with what to do
 * instead when it is none that Gloss reads.
 */
export function formatOf(fileName: string, bytes: Uint8Array): Format {
  const extension = /\.([A-Za-z0-9]+)$/.exec(fileName.trim())?.[1]?.toLowerCase() ?? "";
  const named = (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind].includes(extension));
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const found = MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
  // Office documents, books and zips begin alike; there the name knows more.
  const kind = found === "archive" || found === "word" ? (named ?? found) : (found ?? named);
  if (kind) throw new Problem("unsupported-file", ADVICE[kind]);
  const format = extension === "" ? "text" : EXTENSIONS[extension];
  if (!format) throw new Problem("unsupported-file");
  return format;
}
