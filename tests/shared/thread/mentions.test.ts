import fc from "fast-check";
import { expect, test } from "vitest";
import { complete, completions, findMentions, mentionedIn, typingAt } from "#shared/thread/mentions.ts";

const people = [
  { id: "ana", name: "Ana Ruiz" },
  { id: "ben", name: "Ben Okafor" },
  { id: "ben2", name: "Ben Okafor" },
  { id: "cleo", name: "Cleo" },
  { id: "cleo-m", name: "Cleo Marsh" },
  { id: "zoe", name: "Zoë Ångström" },
];

const found = (text: string, chosen: readonly string[] = []) =>
  findMentions(text, people, chosen).map(({ user, start, end }) => [user, text.slice(start, end)]);

test("[THR-5] the longest name that stands there is meant, in any case, and a first name that only one person has", () => {
  expect(found("@Cleo Marsh, and @cleo, and @ana!")).toEqual([
    ["cleo-m", "@Cleo Marsh"],
    ["cleo", "@cleo"],
    ["ana", "@ana"],
  ]);
  expect(found("(@Zoë Ångström) @zoë")).toEqual([
    ["zoe", "@Zoë Ångström"],
    ["zoe", "@zoë"],
  ]);
});

test("[THR-5] what only looks like a mention is none", () => {
  expect(found("ana@ruiz.org x@Ana @Anabel @Cleopatra @ Ana @nobody")).toEqual([]);
  expect(found("@Ben")).toEqual([]);
});

test("[THR-5] of several people of one name the chosen ones are meant, or else all", () => {
  expect(found("@Ben Okafor").map(([user]) => user)).toEqual(["ben", "ben2"]);
  expect(found("@Ben Okafor", ["ben2"]).map(([user]) => user)).toEqual(["ben2"]);
  expect(mentionedIn(findMentions("@Ana Ruiz @Ana Ruiz", people))).toEqual(["ana"]);
});

test("[THR-5] a mention always covers its @ and a name of that person, and mentions do not overlap", () => {
  const bit = fc.constantFrom(
    "@",
    "Ana",
    " Ruiz",
    "Cleo",
    " Marsh",
    "ben",
    " okafor",
    " ",
    "x",
    "é",
    "🙂",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 30 }), (bits) => {
      const text = bits.join("");
      let last = 0;
      let lastStart = -1;
      for (const { user, start, end } of findMentions(text, people)) {
        const name = people.find(({ id }) => id === user)?.name.toLowerCase() ?? "";
        const covered = text.slice(start, end).toLowerCase();
        expect(covered.startsWith("@")).toBe(true);
        expect([name, name.split(" ")[0]]).toContain(covered.slice(1));
        if (start !== lastStart) expect(start).toBeGreaterThanOrEqual(last);
        last = end;
        lastStart = start;
      }
    }),
  );
});

test("[THR-6] a name being typed is found at the caret and completed where it stands", () => {
  expect(typingAt("Look, @Cl", 9)).toEqual({ start: 6, query: "Cl" });
  expect(typingAt("Look, @Cleo Ma and", 14)).toEqual({ start: 6, query: "Cleo Ma" });
  expect(typingAt("a@b", 3)).toBeNull();
  expect(typingAt("@a\nb", 4)).toBeNull();
  expect(typingAt("@ b", 3)).toBeNull();
  expect(typingAt("none", 4)).toBeNull();
  expect(complete("Look, @Cl there", { start: 6, query: "Cl" }, "Cleo Marsh")).toEqual({
    text: "Look, @Cleo Marsh there",
    caret: 18,
  });
  expect(complete("@", { start: 0, query: "" }, "Ana Ruiz")).toEqual({ text: "@Ana Ruiz ", caret: 10 });
});

test("[THR-6] names that begin so come first, then those with such a word in them", () => {
  expect(completions(people, "cl").map(({ id }) => id)).toEqual(["cleo", "cleo-m"]);
  expect(completions(people, "o").map(({ id }) => id)).toEqual(["ben", "ben2"]);
  expect(completions(people, "", 2)).toHaveLength(2);
});
