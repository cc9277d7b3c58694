import { expect, test } from "vitest";
import { yXmlFragmentToProseMirrorRootNode } from "y-prosemirror";
import * as Y from "yjs";
import { convertArticle, type ArticleInput } from "../../../server/convert/article.ts";
import { importArticle } from "../../../server/convert/import.ts";
import { schema } from "../../../shared/doc/schema.ts";

test("[IMP-12] an import in its own thread gives the update of the converted article", async () => {
  const input: ArticleInput = { format: "markdown", content: "# Title\n\nSome *text*." };
  const imported = await importArticle(input);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, imported.update);
  const converted = convertArticle(input);
  const read = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment("prosemirror"), schema);
  expect(read.eq(converted.doc)).toBe(true);
  expect(imported).toMatchObject({ title: "Title", encoding: converted.encoding, notes: [] });
});

test("[IMP-12] a file travels to the thread as bytes", async () => {
  const bytes = new TextEncoder().encode("Crème brûlée");
  expect(await importArticle({ fileName: "a.txt", bytes })).toMatchObject({
    title: "Crème brûlée",
    encoding: "utf-8",
  });
});

test("[IMP-12] a refusal comes out as the same Problem", async () => {
  const refused = importArticle({ fileName: "a.pdf", bytes: new Uint8Array(0) });
  await expect(refused).rejects.toMatchObject({
    name: "Problem",
    code: "unsupported-file",
    message: expect.stringContaining("PDF"),
  });
});

test("[IMP-12] many imports at once wait for each other, also behind ones that fail", async () => {
  const inputs = Array.from({ length: 9 }, (_, index): ArticleInput => {
    const content = index % 2 === 0 ? `Text ${index}` : " ";
    return { format: "text", content };
  });
  const outcomes = await Promise.allSettled(inputs.map((input) => importArticle(input)));
  expect(outcomes.map(({ status }) => status)).toEqual(
    inputs.map((_, index) => (index % 2 === 0 ? "fulfilled" : "rejected")),
  );
});

test("[IMP-12] an import that takes too long is ended", async () => {
  const endless: ArticleInput = { format: "html", content: "<p>a <b>b</b> &amp; c".repeat(90_000) };
  await expect(importArticle(endless, { time: 1, memory: 500 })).rejects.toMatchObject({
    name: "Problem",
    code: "too-large",
  });
});

test("[IMP-12] an import that takes too much memory is ended", async () => {
  const tangled: ArticleInput = { format: "markdown", content: "*a_ ".repeat(1_000_000) };
  await expect(importArticle(tangled, { time: 120_000, memory: 60 })).rejects.toMatchObject({
    name: "Problem",
    code: "too-large",
  });
});
