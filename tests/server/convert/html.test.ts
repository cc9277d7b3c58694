import { expect, test } from "vitest";
import { html, outline, texts } from "./outline.ts";

test("[IMP-7] blocks, entities and white space", () => {
  expect(
    outline(
      html(
        "<h2>Caf&eacute; &amp; &#x1F600;</h2><p> one\n  two&nbsp;three </p>loose <div>inside</div> text" +
          "<dl><dt>term<dd>meaning</dl>",
      ),
    ),
  ).toBe(
    'heading("Café & 😀"), paragraph("one two\u00A0three"), paragraph("loose"), paragraph("inside"), ' +
      'paragraph("text"), paragraph("term"), paragraph("meaning")',
  );
});

test("[IMP-7] paragraphs, items and cells that are not closed", () => {
  expect(outline(html("<p>a<p>b<ul><li>c<li>d<ul><li>e</ul><li>f</ul>g"))).toBe(
    'paragraph("a"), paragraph("b"), bullet_list(list_item(paragraph("c")), ' +
      'list_item(paragraph("d"), bullet_list(list_item(paragraph("e")))), list_item(paragraph("f"))), paragraph("g")',
  );
});

test("[IMP-7] formatting that crosses elements and paragraphs", () => {
  expect(outline(html("<p>a <b>b <i>c</b> d</i> e<p><strong>f<p>g</strong> h"))).toBe(
    'paragraph("a ", strong("b "), em(strong("c")), em(" d"), " e"), paragraph(strong("f")), ' +
      'paragraph(strong("g"), " h")',
  );
});

test("[IMP-7] line breaks, doubled ones and preformatted text", () => {
  expect(texts(html("<p><br>a<br>b<br><br>c<br></p><pre>\n x\n   y\n  \nz </pre>"))).toEqual([
    "a\nb",
    "c",
    " x\n   y",
    "z",
  ]);
});

test("[IMP-7] lists keep what stands in them, and where they start", () => {
  const article = html(
    '<ol start="5"><li value=9>a</li>loose<ul><li>b</ul></ol><li>alone<ul></ul><blockquote></blockquote>',
  );
  expect(outline(article)).toBe(
    'ordered_list(list_item(paragraph("a")), list_item(paragraph("loose")), ' +
      'list_item(bullet_list(list_item(paragraph("b"))))), paragraph("alone")',
  );
  expect(article.doc.firstChild?.attrs["order"]).toBe(5);
  expect(html("<ol start=-3><li>a</ol>").doc.firstChild?.attrs["order"]).toBe(1);
});

test("[IMP-7] quotation marks of inline quotes", () => {
  expect(texts(html("He said <q>yes</q>.</q>"))).toEqual(["He said “yes”."]);
});

test("[IMP-7] an end tag inside a cell does not end what is outside of the table", () => {
  expect(texts(html("<div><table><tr><td>a</div></section></p>b</table>c</div>d"))).toEqual([
    "a",
    "b",
    "c",
    "d",
  ]);
});

const ARTICLE = "<h1>Agreement</h1><p>The parties will act together from now on.</p>";

test("[IMP-9] the article is taken and menus are not", () => {
  const page = html(
    `<title>Agreement | Paper</title><header><nav><a href="/">Home</a></nav><h2>Paper</h2></header>
     <main><div role="navigation">You are here</div><article>${ARTICLE}</article>
     <aside>Read also</aside></main><footer>Imprint</footer>`,
  );
  expect(texts(page)).toEqual(["Agreement", "The parties will act together from now on."]);
  expect(page.title).toBe("Agreement");
  expect(page.notes).toEqual(["Only the main part of the page was taken, without menus and the like."]);
});

test("[IMP-9] the main part is taken when its articles are teasers", () => {
  const teasers =
    "<article>One short text</article><article>Two short text</article><article>Three is short</article>";
  expect(texts(html(`<div>Menu</div><main><h1>News</h1>${teasers}</main>`))).toEqual([
    "News",
    "One short text",
    "Two short text",
    "Three is short",
  ]);
});

test("[IMP-9] a comment inside the article is part of it, and a main part that is empty counts for nothing", () => {
  expect(texts(html(`<article>${ARTICLE}<article>A comment</article></article>`))).toHaveLength(3);
  expect(texts(html(`<main>x</main><div>${ARTICLE}</div>`))).toHaveLength(3);
});

test("[IMP-9] what is hidden is left out", () => {
  expect(
    texts(
      html(
        '<div hidden>a</div><span style="color:red; DISPLAY : none">b</span><div aria-hidden="true">c<div>d</div></div><p>e</p>',
      ),
    ),
  ).toEqual(["e"]);
});

test("[IMP-9] a menu that never ends does not take the text with it", () => {
  expect(texts(html("<nav><ul><li>Home</ul><p>The text.</p>"))).toEqual(["Home", "The text."]);
  expect(texts(html("<svg><path><p>The text.</p>"))).toEqual(["The text."]);
});

test("[IMP-10] rows become lines", () => {
  const table =
    "<table><caption>Aid</caption><thead><tr><th>Country<th>Sum</thead><tbody><tr><td><b>France</b></td><td>10</td>" +
    "<tr><td></td><td>20</td><tr></tr></table>";
  const article = html(table);
  expect(outline(article)).toBe(
    'paragraph("Aid"), paragraph("Country\\tSum"), paragraph(strong("France"), "\\t10"), paragraph("20")',
  );
  expect(article.notes).toEqual(["Tables were turned into lines, their cells parted by tabs."]);
});

test("[IMP-10] a table that lays out a page becomes its content", () => {
  expect(texts(html("<table><tr><td>Menu<td><h1>Title</h1><p>One.<p>Two.</table>"))).toEqual([
    "Menu",
    "Title",
    "One.",
    "Two.",
  ]);
});

test("[IMP-10] formatting in a cell stays in it", () => {
  expect(outline(html("<i>o<table><tr><td><b>a<td>b</table>p"))).toBe(
    'paragraph(em("o")), paragraph(strong("a"), "\\tb"), paragraph(em("p"))',
  );
});

test("[IMP-17] raised and lowered digits stay so", () => {
  expect(texts(html("10<sup>6</sup> CO<sub>2</sub> x<sup>-(n+1)</sup> 1<sup>st</sup>"))).toEqual([
    "10⁶ CO₂ x⁻⁽ⁿ⁺¹⁾ 1st",
  ]);
});

test("[IMP-15] without a heading the page's own title is the title", () => {
  expect(html("<title>\n A  &lt;page&gt; </title><title>Other</title><p>Text").title).toBe("A <page>");
  expect(html("<p>Only text</p>").title).toBe("Only text");
});

test("[IMP-19] pictures are left out and counted", () => {
  expect(html("<p>a<img src=x><img src=y></p>").notes).toEqual(["2 pictures were left out."]);
  expect(html("<p>a<img src=x></p>").notes).toEqual(["1 picture was left out."]);
});

test("[IMP-4] control characters written as references are taken out too", () => {
  const article = html("<p>a&#1;b&#x7;c&#xD800;d&#0;</p><pre>e&#2;</pre>");
  expect(texts(article)).toEqual(["abc\uFFFDd\uFFFD", "e"]);
  expect(article.notes[0]).toMatch(/^3 characters that cannot be shown/);
});
