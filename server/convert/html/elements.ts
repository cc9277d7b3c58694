/** What the converter knows about HTML's elements, by lower-case name. */

const set = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** They begin and end a paragraph, and their end tags close what is still open inside. */
export const BLOCKS = set(
  "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption " +
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu ol p pre search " +
    "section summary table tbody td tfoot th thead tr ul",
);

/** Left out with everything in them: no article's text, or nothing that Gloss may show. */
export const LEFT_OUT = set(
  "applet audio button canvas datalist map nav noscript object optgroup select svg template video",
);

/** Their content is characters up to their own end tag, never markup. All but the title are left out. */
export const RAW = set("iframe noembed noframes script style textarea title xmp");

export const VOID = set(
  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
);

/** Elements that a start tag closes when they are open and nothing in `UNTIL` stands between. */
export const CLOSED_BY: Readonly<Record<string, ReadonlySet<string>>> = {
  li: set("li"),
  dt: set("dt dd"),
  dd: set("dt dd"),
  tr: set("tr td th"),
  td: set("td th"),
  th: set("td th"),
  tbody: set("tr td th tbody thead tfoot caption"),
  thead: set("tr td th tbody thead tfoot caption"),
  tfoot: set("tr td th tbody thead tfoot caption"),
};

/** Where looking for an open element to close stops, by the element to close. */
export const UNTIL: Readonly<Record<string, ReadonlySet<string>>> = {
  li: set("ul ol menu dir td th table"),
  dt: set("dl td th table"),
  dd: set("dl td th table"),
  tr: set("table"),
  td: set("table"),
  th: set("table"),
  tbody: set("table"),
  thead: set("table"),
  tfoot: set("table"),
  caption: set("table"),
  table: set(""),
};

/** An end tag of anything else does not reach out of a cell or a table. */
export const DEFAULT_UNTIL = set("td th caption table");

export const HEADINGS: Readonly<Record<string, number>> = { h1: 1, h2: 2, h3: 3, h4: 4, h5: 5, h6: 6 };

/** Formatting that the schema keeps, and scripts and quotes that plain characters can say. */
export const FORMATS: Readonly<Record<string, Format>> = {
  b: "strong",
  strong: "strong",
  i: "em",
  em: "em",
  cite: "em",
  dfn: "em",
  var: "em",
  a: "link",
  sup: "sup",
  sub: "sub",
  q: "quote",
};
export type Format = "strong" | "em" | "link" | "sup" | "sub" | "quote";
