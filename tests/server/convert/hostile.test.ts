import fc from "fast-check";
import type { Node } from "prosemirror-model";
import { expect, test } from "vitest";
import { convertArticle, type ConvertedArticle } from "../../../server/convert/article.ts";
import { schema } from "../../../shared/doc/schema.ts";
import { Problem } from "../../../shared/model/problem.ts";
import { html, markdown, texts } from "./outline.ts";

/** Pages that try to get something through; nothing of them may be left but the word "text". */
const HOSTILE = [
  "<script>evil</script>",
  "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
  "<script>var a = '</scr' + 'ipt>'; evil</script>",
  "<script><!-- <script> </script> evil --></script>",
  "<script/evil>evil</script>",
  "<style>@import 'evil'; p { background: url(evil) }</style>",
  "<style><img src=x onerror=evil></style>",
  "<!-- evil --><!--><!---><!--evil--!><!evil><?evil?>",
  "<!--[if mso]><p>evil</p><![endif]-->",
  "<iframe src=javascript:evil>evil</iframe>",
  "<iframe srcdoc='<script>evil</script>'></iframe>",
  "<object data=evil>evil</object><embed src=evil><applet code=evil>evil</applet>",
  "<svg onload=evil><script>evil</script><text>evil</text></svg>",
  "<svg><style/><title>evil</title><desc>evil</desc><foreignObject><p>evil</p></foreignObject></svg>",
  "<template><p>evil</p></template><noscript>evil</noscript><noframes>evil</noframes><noembed>evil</noembed>",
  "<textarea>evil</textarea><button>evil</button><select><option>evil</option></select><input value=evil>",
  "<video><source src=evil>evil</video><audio>evil</audio><canvas>evil</canvas><map>evil</map>",
  "<title>evil</title>",
  "<xmp><script>evil</script></xmp>",
  "<meta http-equiv=refresh content='0;url=javascript:evil'><base href=//evil.example/><link rel=stylesheet href=evil>",
  "<nav>evil</nav><div role=navigation>evil</div><div hidden>evil</div>",
];

test.each(HOSTILE)("[IMP-8] nothing of %s is left", (page) => {
  const before = html(`<p>text</p>${page}`);
  expect(texts(before)).toEqual(["text"]);
  expect(JSON.stringify(before.doc)).not.toMatch(/evil/i);
  expect(texts(html(`${page}<p>text</p>`))).toEqual(["text"]);
  expect(
    texts(html(`<p>te${page}xt</p>`))
      .join("")
      .replace(/\s/g, ""),
  ).toBe("text");
});

test("[IMP-8] attributes leave nothing but safe links", () => {
  const article = html(
    `<p onclick=evil style="evil" class=evil id=evil data-x=evil>a <b onmouseover=evil>b</b> <a href="https://example.org/" onclick=evil target=evil title=good>c</a></p>`,
  );
  expect(JSON.stringify(article.doc)).not.toContain("evil");
  expect(article.doc.firstChild?.lastChild?.marks[0]?.attrs).toEqual({
    href: "https://example.org/",
    title: "good",
  });
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " \n javascript:alert(1)",
  "java\tscript:alert(1)",
  "java&#10;script:alert(1)",
  "&#106;avascript:alert(1)",
  "\u0001javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "//evil.example/",
  "/relative",
  "#fragment",
  "",
  `https://example.org/${"x".repeat(3_000)}`,
])("[IMP-8] %s is no link", (href) => {
  const article = html(`<p><a href="${href}">words</a></p>`);
  expect(texts(article)).toEqual(["words"]);
  expect(article.doc.firstChild?.firstChild?.marks).toEqual([]);
});

function depthOf(node: Node): number {
  return 1 + Math.max(0, ...node.children.map(depthOf));
}

function check(article: ConvertedArticle): void {
  article.doc.check();
  expect(depthOf(article.doc)).toBeLessThan(30);
  expect(schema.nodeFromJSON(article.doc.toJSON()).eq(article.doc)).toBe(true);
  article.doc.descendants((node) => {
    if (node.isText) {
      expect(node.text).not.toMatch(/(?![\t])\p{Cc}|\p{Surrogate}|\uFEFF/u);
    }
    if (node.type.name === "hard_break") expect(node.marks).toEqual([]);
    for (const mark of node.marks) {
      if (mark.type.name === "link") expect(mark.attrs["href"]).toMatch(/^(https?:|mailto:)/i);
    }
  });
  expect(article.title.length).toBeLessThanOrEqual(200);
  expect(article.title).not.toBe("");
}

/** Converts, or gets one of the Problems that an import may end in. */
function convertOrRefuse(content: string, format: "html" | "markdown" | "text"): void {
  try {
    check(convertArticle({ format, content }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.code).toBe("invalid-content");
  }
}

const TAGS =
  "p div span b i em a h1 h3 ul ol li table tr td th tbody caption blockquote pre br hr img nav main article q sup " +
  "script style title svg template textarea plaintext form math noscript section xyz";
const tag = fc.constantFrom(...TAGS.split(" "));
const chunk = fc.oneof(
  tag.map((name) => `<${name}>`),
  tag.map((name) => `</${name}>`),
  tag.map((name) => `<${name} href="javascript:x" hidden onclick='y' start=3 title="&quot;\u0000">`),
  fc.constantFrom(
    "<",
    ">",
    "&",
    "&amp;",
    "&#0;",
    "&#xDFFF;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "\u0000",
    "\n",
    "\t",
    " ",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("word", "two words", "😀", "\uD83D", "\uDE00", "é"),
);
const soup = fc.array(chunk, { maxLength: 60 }).map((chunks) => chunks.join(""));

test("[IMP-11] any soup of tags becomes a valid document or a refusal", () => {
  fc.assert(
    fc.property(soup, (page) => convertOrRefuse(page, "html")),
    { numRuns: 2_000 },
  );
});

test("[IMP-11] so does the same soup as Markdown and as text, and so do Markdown's own signs", () => {
  const sign = fc.constantFrom(
    "# ",
    "> ",
    "- ",
    "1. ",
    "* ",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "|",
    "---",
    "\n",
    "\n\n",
    "    ",
    "word ",
  );
  const signs = fc.array(fc.oneof(sign, chunk), { maxLength: 50 }).map((all) => all.join(""));
  fc.assert(fc.property(signs, fc.constantFrom("markdown" as const, "text" as const), convertOrRefuse), {
    numRuns: 2_000,
  });
});

test("[IMP-11] any bytes under any supported name become a valid document or a refusal", () => {
  const name = fc.constantFrom("a.txt", "a.md", "a.html", "README");
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), name, (bytes, fileName) => {
      try {
        check(convertArticle({ fileName, bytes }));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        expect(["invalid-content", "unreadable-file", "unsupported-file"]).toContain(error.code);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("[IMP-11] every visible word of a well-formed page comes through, in order", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 });
  const wrap = fc.constantFrom("p", "div", "li", "b", "h2", "blockquote", "td", "section", "span");
  fc.assert(
    fc.property(words, fc.array(wrap, { minLength: 20, maxLength: 20 }), (list, wraps) => {
      const page = list.map((word, at) => `<${wraps[at]}>${word}</${wraps[at]}>`).join(" ");
      expect(texts(html(page)).join(" ").split(/\s+/)).toEqual(list);
    }),
  );
});

test.each([
  ["<div>", 50_000],
  ["<blockquote><ul><li>", 20_000],
  ["<table><tr><td>", 20_000],
  ["<b>", 50_000],
  ["<a href=https://x.org/>", 50_000],
  ["</div>", 50_000],
  ["<nav>", 50_000],
  ["&", 100_000],
  ["<", 100_000],
])("[IMP-12] %s many times over stays shallow", (part, times) => {
  check(html(`${part.repeat(times)}<p>text`));
});

test("[IMP-12] quotes in quotes of Markdown stay shallow", () => {
  check(markdown(`text\n\n${"> ".repeat(90)}deep`));
});
