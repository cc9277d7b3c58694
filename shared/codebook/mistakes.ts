import { parseCheck } from "../model/checks.ts";
import type { AttributeDefinition, Codebook, TagDefinition } from "../model/codebook.ts";
import { keyClashes, type TakenKeys } from "./key-clash.ts";
import { parseColour, type Eyes } from "./colour.ts";
import { lookalikes, measureContrast } from "./legibility.ts";

/** What is wrong with a codebook in the making, or deserves a look. Only what is wrong stops publishing. */

/** What a mistake is about: the part of the codebook, and which of its entries (by its place, from 0). */
export type Part = "about" | "groups" | "tags" | "attributes" | "relations" | "checks" | "rules";

export type DraftMistake = {
  readonly severity: "wrong" | "look";
  readonly part: Part;
  /** Null: about the part as a whole. */
  readonly at: number | null;
  /** The property, e.g. `label`. */
  readonly field: string;
  readonly message: string;
};

const ID = /^[a-z][a-z0-9-]{0,63}$/;
const ANY_ID = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Everything to say about a draft. `taken`: keys that the screens use themselves. */
export function draftMistakes(codebook: Codebook, taken: TakenKeys = new Map()): readonly DraftMistake[] {
  return [
    ...about(codebook),
    ...groups(codebook),
    ...tags(codebook),
    ...keys(codebook, taken),
    ...looks(codebook),
    ...attributes(codebook),
    ...links(codebook),
    ...checks(codebook),
    ...rules(codebook),
  ];
}

/** True when a draft may be published. */
export function isPublishable(codebook: Codebook): boolean {
  return draftMistakes(codebook).every(({ severity }) => severity !== "wrong");
}

type Where = Pick<DraftMistake, "part" | "at" | "field">;

function wrong(where: Where, message: string): DraftMistake {
  return { severity: "wrong", ...where, message };
}

function look(where: Where, message: string): DraftMistake {
  return { severity: "look", ...where, message };
}

function about(codebook: Codebook): DraftMistake[] {
  const mistakes: DraftMistake[] = [];
  const where = (field: string): Where => ({ part: "about", at: null, field });
  if (codebook.title.trim() === "") mistakes.push(wrong(where("title"), "Give the codebook a title."));
  if (!ANY_ID.test(codebook.id)) {
    mistakes.push(wrong(where("id"), "The codebook's id takes letters, digits, hyphens and underscores."));
  }
  if (!codebook.tags.some(({ enabled }) => enabled)) {
    mistakes.push(wrong({ part: "tags", at: null, field: "tags" }, "At least one tag must be switched on."));
  }
  return mistakes;
}

/** Entries that share an id, and ids that are none. */
function ids(part: Part, entries: readonly { readonly id: string }[], form: RegExp): DraftMistake[] {
  return entries.flatMap(({ id }, at) => {
    const where = { part, at, field: "id" };
    if (!form.test(id))
      return [wrong(where, `"${id}" is no id: letters, digits and hyphens, a letter first.`)];
    if (entries.findIndex((other) => other.id === id) < at) {
      return [wrong(where, `The id "${id}" is used twice.`)];
    }
    return [];
  });
}

function names(part: Part, entries: readonly { readonly label: string }[]): DraftMistake[] {
  const plain = (label: string) => label.trim().toLowerCase();
  return entries.flatMap(({ label }, at) => {
    const where = { part, at, field: "label" };
    if (label.trim() === "") return [wrong(where, "Give it a name.")];
    if (label.length > 80) return [wrong(where, "At most 80 characters.")];
    const same = entries.findIndex((other) => plain(other.label) === plain(label));
    return same < at ? [look(where, `"${label}" is also the name of another one.`)] : [];
  });
}

function groups(codebook: Codebook): DraftMistake[] {
  return [...ids("groups", codebook.groups, ANY_ID), ...names("groups", codebook.groups)];
}

function tags(codebook: Codebook): DraftMistake[] {
  const known = new Set(codebook.groups.map(({ id }) => id));
  return [
    ...ids("tags", codebook.tags, ID),
    ...names("tags", codebook.tags),
    ...codebook.tags.flatMap((tag, at) => {
      const where = (field: string): Where => ({ part: "tags", at, field });
      const mistakes: DraftMistake[] = [];
      if (!known.has(tag.group)) mistakes.push(wrong(where("group"), "Choose a group."));
      if (tag.definition.trim() === "") {
        mistakes.push(look(where("definition"), "Without a definition people guess what it means."));
      }
      if (tag.enabled && tag.positive.length === 0) {
        mistakes.push(look(where("positive"), "An example of what it is helps more than any definition."));
      }
      for (const field of ["positive", "negative"] as const) {
        if (tag[field].some(({ quote }) => quote.trim() === "")) {
          mistakes.push(wrong(where(field), "An example has no words. Fill it in or take it away."));
        }
      }
      return [...mistakes, ...colours(tag, where("color"))];
    }),
  ];
}

function colours(tag: TagDefinition, where: Where): DraftMistake[] {
  const all = [tag.color, ...[tag.light, tag.dark].flatMap((one) => [one.background, one.line, one.text])];
  return all.every((colour) => parseColour(colour) !== null)
    ? []
    : [wrong(where, "A colour has the form #1A2B3C.")];
}

function keys(codebook: Codebook, taken: TakenKeys): DraftMistake[] {
  const missing = codebook.tags.flatMap((tag, at): DraftMistake[] => {
    const where = { part: "tags", at, field: "key" } as const;
    if (tag.key === "") return [wrong(where, "Give it a key.")];
    return tag.key.length === 1 ? [] : [wrong(where, "A key is one sign.")];
  });
  const clashes = keyClashes(codebook.tags, taken).map(({ at, key, with: other, title }) => {
    const where = { part: "tags", at, field: "key" } as const;
    return other === "tag"
      ? wrong(where, `"${key}" is also the key of ${title}.`)
      : look(where, `While words are selected "${key}" will tag and not do this: ${title}.`);
  });
  return [...missing, ...clashes];
}

const ON: Readonly<Record<"text" | "marked" | "line", string>> = {
  text: "its name on its label",
  marked: "words under two marks",
  line: "its line on the paper",
};

const EYES_IN_WORDS: Readonly<Record<Eyes, string>> = {
  full: "to anybody",
  protan: "to eyes that do not see red well",
  deutan: "to eyes that do not see green well",
  tritan: "to eyes that do not see blue well",
};

function looks(codebook: Codebook): DraftMistake[] {
  const contrast = codebook.tags.flatMap((tag, at) =>
    measureContrast(tag)
      .filter(({ ratio, least }) => ratio < least)
      .map(({ what, theme, ratio, least }) =>
        look(
          { part: "tags", at, field: "color" },
          `Too little contrast for ${ON[what]} in ${theme} colours: ${ratio.toFixed(1)} of ${least}.`,
        ),
      ),
  );
  const enabled = codebook.tags.filter((tag) => tag.enabled);
  const alike = lookalikes(enabled)
    .filter(({ byLine }) => !byLine)
    .map(({ tags: [one, other], eyes }) => {
      const labelOf = (id: string) => codebook.tags.find((tag) => tag.id === id)?.label ?? id;
      return look(
        { part: "tags", at: codebook.tags.findIndex(({ id }) => id === other), field: "color" },
        `Looks like ${labelOf(one)} ${EYES_IN_WORDS[eyes]}, and has the same line. Change one of the two.`,
      );
    });
  return [...contrast, ...alike];
}

function attributes(codebook: Codebook): DraftMistake[] {
  return [
    ...ids("attributes", codebook.attributes, ANY_ID),
    ...names("attributes", codebook.attributes),
    ...codebook.attributes.flatMap((attribute, at) => attributeMistakes(codebook, attribute, at)),
  ];
}

function attributeMistakes(codebook: Codebook, attribute: AttributeDefinition, at: number): DraftMistake[] {
  const where = (field: string): Where => ({ part: "attributes", at, field });
  const mistakes: DraftMistake[] = [];
  const options = attribute.options.map(({ id }) => id);
  if (attribute.type.startsWith("choice")) {
    if (options.length === 0) mistakes.push(wrong(where("options"), "A choice needs something to choose."));
    if (options.some((id) => id.trim() === ""))
      mistakes.push(wrong(where("options"), "A choice has no name."));
    const twice = options.find((id, nth) => options.indexOf(id) < nth);
    if (twice !== undefined) mistakes.push(wrong(where("options"), `"${twice}" can be chosen twice.`));
    if (attribute.default !== undefined && !options.includes(attribute.default)) {
      mistakes.push(wrong(where("default"), "What is chosen at first is none of the choices."));
    }
  }
  if (attribute.appliesTo.length === 0) mistakes.push(wrong(where("appliesTo"), "Choose at least one tag."));
  mistakes.push(...unknownTags(codebook, attribute.appliesTo, where("appliesTo")));
  if (attribute.requiredWhen !== undefined) {
    mistakes.push(...unknownTags(codebook, [attribute.requiredWhen], where("requiredWhen")));
  }
  return mistakes;
}

function links(codebook: Codebook): DraftMistake[] {
  return [
    ...ids("relations", codebook.relations, ANY_ID),
    ...names("relations", codebook.relations),
    ...codebook.relations.flatMap((link, at) =>
      (["from", "to"] as const).flatMap((end) => {
        const where = { part: "relations", at, field: end } as const;
        if (link[end].length === 0) return [wrong(where, "Choose at least one tag.")];
        return unknownTags(codebook, link[end], where);
      }),
    ),
  ];
}

function unknownTags(codebook: Codebook, named: readonly string[], where: Where): DraftMistake[] {
  const unknown = named.filter((id) => id !== "*" && !codebook.tags.some((tag) => tag.id === id));
  return unknown.length === 0 ? [] : [wrong(where, `There is no tag "${unknown.join('", "')}" any more.`)];
}

function checks(codebook: Codebook): DraftMistake[] {
  return [
    ...ids("checks", codebook.checks, ANY_ID),
    ...codebook.checks.flatMap((check, at) => {
      const mistakes: DraftMistake[] = [];
      const where = (field: string): Where => ({ part: "checks", at, field });
      if (parseCheck(check.when, codebook) === null) {
        mistakes.push(wrong(where("when"), "This sentence states nothing: see the five forms."));
      }
      if (check.rule !== undefined && !codebook.rules.some(({ n }) => n === check.rule)) {
        mistakes.push(wrong(where("rule"), `There is no rule ${check.rule} any more.`));
      }
      if (check.message.trim() === "") mistakes.push(wrong(where("message"), "Say what people should do."));
      return mistakes;
    }),
  ];
}

function rules(codebook: Codebook): DraftMistake[] {
  return codebook.rules.flatMap((rule, at) =>
    rule.title.trim() === ""
      ? [wrong({ part: "rules", at, field: "title" }, "Give the rule a short name.")]
      : [],
  );
}
