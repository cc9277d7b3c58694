import { expect, test } from "vitest";
import { markdown, outline, texts } from "./outline.ts";

test("[IMP-5] blocks, emphasis and links", () => {
  const article = markdown(
    "# Summit\n\nA *firm* and **legal** promise\nin one paragraph.\n\n" +
      '3. three\n4. four\n   - inner\n\n> quoted\n\n[here](https://example.org "Example")\n',
  );
  expect(outline(article)).toBe(
    'heading("Summit"), paragraph("A ", em("firm"), " and ", strong("legal"), " promise in one paragraph."), ' +
      'ordered_list(list_item(paragraph("three")), list_item(paragraph("four"), ' +
      'bullet_list(list_item(paragraph("inner"))))), blockquote(paragraph("quoted")), paragraph(link("here"))',
  );
  expect(article.doc.child(2).attrs["order"]).toBe(3);
  const link = article.doc.lastChild?.firstChild?.marks[0];
  expect(link?.attrs).toEqual({ href: "https://example.org", title: "Example" });
});

test("[IMP-5] HTML inside Markdown is text", () => {
  expect(texts(markdown("a <b>b</b> <script>alert(1)</script>\n\n<div>x</div>"))).toEqual([
    "a <b>b</b> <script>alert(1)</script>",
    "<div>x</div>",
  ]);
});

test("[IMP-5] hard breaks, code and rules", () => {
  expect(texts(markdown("one  \ntwo\n\n---\n\n```\na\n  b\n\nc\n```\n\n`x < y`"))).toEqual([
    "one\ntwo",
    "a\n  b",
    "c",
    "x < y",
  ]);
});

test("[IMP-8] Markdown links lead nowhere dangerous", () => {
  const article = markdown("[a](javascript:alert) [b](data:text/html,x) [c](mailto:a@b.org) <ftp://x.org>");
  const hrefs: string[] = [];
  article.doc.descendants((node) => {
    for (const mark of node.marks) hrefs.push(String(mark.attrs["href"]));
  });
  expect(hrefs).toEqual(["mailto:a@b.org"]);
});

test("[IMP-6] the settings block is left out and gives the title", () => {
  const article = markdown('---\ntitle: "The Paris summit"\ntags:\n  - a\n- b\n# note\n---\nText.\n');
  expect(texts(article)).toEqual(["Text."]);
  expect(article.title).toBe("The Paris summit");
  expect(article.notes).toContain("The settings before the text were left out.");
});

test("[IMP-6] a rule at the start is no settings block", () => {
  expect(texts(markdown("---\n\nFirst. Second\n\n---\n\nThird"))).toEqual(["First. Second", "Third"]);
});

test("[IMP-10] Markdown tables become lines", () => {
  expect(texts(markdown("| a | b |\n|---|---|\n| 1 | |\n| **2** | 3 |"))).toEqual(["a\tb", "1", "2\t3"]);
});

test("[IMP-15] the first heading is the title, wherever it stands", () => {
  expect(markdown("Lead.\n\n## The *real* title\n").title).toBe("The real title");
});
