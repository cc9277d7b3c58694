/** A title in the text itself: its first line with words, without the marks of a Markdown heading. */
export function titleFrom(text: string): string {
  const line = text.split("\n").find((each) => /\p{L}/u.test(each)) ?? "";
  const words = line.replace(/^[#>\s*]+/, "").trim();
  return words.length <= 160 ? words : `${words.slice(0, 160).replace(/\s+\S*$/, "")}…`;
}

/**
 * The clipboard's HTML when it holds more than one run of plain text: headings, lists, quotations,
 * links or several paragraphs. Null when the plain text says the same. It is only looked at here; the
 * server takes out of it what an article can hold.
 */
export function structuredHtml(html: string): string | null {
  if (html === "") return null;
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const structure = body.querySelectorAll("h1,h2,h3,h4,h5,h6,li,blockquote,a[href],strong,em,b,i");
  return structure.length > 0 || body.querySelectorAll("p").length > 1 ? html : null;
}
