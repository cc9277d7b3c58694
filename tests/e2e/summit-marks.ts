import type { Mark } from "./team.ts";

/** Marks on the summit article as three people make them who follow the codebook's worked sentences. */

const HUBS =
  "Following a ceasefire, the UK and France will establish military hubs across Ukraine and build protected facilities for weapons and military equipment to support Ukraine's defensive needs";
const GUARANTEES =
  "the coalition committing to legally binding guarantees activated upon a credible ceasefire";
const UNIT =
  "We also agreed here to establish a coordination unit that will fully integrate all relevant armed forces and ensure operational coordination between the coalition of the willing, the United States of America, and Ukraine";
const MONITORING =
  "we have consolidated our approach with, first, the establishment of ceasefire monitoring mechanisms, which will be placed under US leadership";
const GERMANY = "Germany will commit itself politically, financially and militarily";
const NEIGHBOURS =
  "This may include, for example, sending forces for Ukraine into neighboring NATO territory after a ceasefire";

const hubs = {
  actor: ["United Kingdom", "France"],
  beneficiary: ["Ukraine"],
  action: "establish military hubs and build protected facilities",
  actionType: ["deployment", "military-aid"],
  condition: "a ceasefire",
  conditionType: ["event"],
  strength: "political",
  source: "direct-quote",
  speaker: "Keir Starmer",
  specificity: "partly",
};

export const ANA: readonly Mark[] = [
  {
    tags: ["binding", "conditional"],
    words: HUBS,
    fields: hubs,
    note: "Signed the same day: political, not legal.",
  },
  { tags: ["condition"], words: "Following a ceasefire" },
  { tags: ["actor"], words: "the UK and France" },
  {
    tags: ["binding"],
    words: UNIT,
    fields: {
      actor: ["Coalition of the Willing"],
      action: "establish a coordination unit",
      actionType: ["institution"],
      strength: "political",
      source: "direct-quote",
    },
  },
  {
    tags: ["binding"],
    words: "we will keep the pressure up on Russia",
    fields: { actor: ["United Kingdom"], action: "keep up the pressure on Russia", strength: "declared" },
  },
  {
    tags: ["binding", "conditional"],
    words: GUARANTEES,
    fields: {
      actor: ["Coalition of the Willing"],
      beneficiary: ["Ukraine"],
      action: "give legally binding guarantees",
      condition: "a credible ceasefire",
      conditionType: ["event"],
      strength: "legal",
    },
  },
  { tags: ["condition"], words: "upon a credible ceasefire" },
  { tags: ["source"], words: "The joint declaration" },
  {
    tags: ["binding"],
    words: GERMANY,
    fields: { actor: ["Germany"], strength: "declared", specificity: "vague", source: "direct-quote" },
  },
];

export const BEN: readonly Mark[] = [
  {
    tags: ["binding", "conditional"],
    words: HUBS,
    fields: { actor: ["United Kingdom", "France"], condition: "a ceasefire", strength: "political" },
  },
  {
    tags: ["binding"],
    words: MONITORING,
    fields: {
      actor: ["Coalition of the Willing"],
      action: "set up ceasefire monitoring",
      actionType: ["monitoring"],
      strength: "political",
    },
  },
  {
    tags: ["intention"],
    words: "contributions from several states that have indicated their readiness",
    fields: { actor: ["several states"], strength: "tentative" },
  },
  {
    tags: ["binding"],
    words: "We will continue to step up our support for Ukraine's defense in 2026",
    fields: {
      actor: ["United Kingdom"],
      beneficiary: ["Ukraine"],
      action: "step up support for Ukraine's defence",
      deadline: "2026",
      deadlineType: "during",
      strength: "declared",
    },
  },
  { tags: ["deadline"], words: "in 2026", nth: 1 },
  {
    tags: ["conditional", "intention"],
    words: NEIGHBOURS,
    fields: { actor: ["Germany"], condition: "a ceasefire" },
  },
  { tags: ["condition"], words: "decisions would require governmental and parliamentary approval" },
  { tags: ["beneficiary"], words: "Ukraine's armed forces" },
  {
    tags: ["conditional", "intention"],
    words:
      "These could include military, intelligence, logistical, diplomatic, and sanctions responses to renewed attacks",
    fields: { actor: ["Coalition of the Willing"], condition: "renewed attacks", conditionType: ["conduct"] },
  },
];

export const CHIARA: readonly Mark[] = [
  {
    tags: ["binding"],
    words:
      "pledging expanded defense support for Ukraine in 2026 and sustained pressure on Russia through sanctions on oil traders and shadow fleet operators",
    fields: {
      actor: ["United Kingdom"],
      action: "expand defence support, keep up sanctions",
      deadline: "2026",
      source: "reported",
    },
  },
  { tags: ["hedge"], words: "may include, for example" },
  { tags: ["hedge"], words: "could include" },
  { tags: ["source"], words: "Merz stated" },
  { tags: ["source"], words: "Macron said during a press conference" },
  { tags: ["binding"], words: GERMANY, fields: { actor: ["Germany"], strength: "declared" } },
  {
    tags: ["intention"],
    words:
      "It includes plans for a multinational force to aid rebuilding and deterrence, European-led with U.S. support",
    fields: {
      actor: ["Coalition of the Willing"],
      action: "aid rebuilding and deterrence",
      strength: "tentative",
    },
  },
  {
    tags: ["conditional"],
    words:
      "the coalition's pledges represent a concrete step toward post-war stability, contingent on a viable truce",
    fields: { actor: ["Coalition of the Willing"], condition: "a viable truce", source: "narrator" },
  },
  { tags: ["condition"], words: "contingent on a viable truce" },
];

/** Words of the article in a row, `count` marks of `size` words, for a layer as crowded as it gets. */
export function crowded(text: string, { count, size }: { count: number; size: number }): readonly Mark[] {
  const tags = ["binding", "conditional", "intention", "actor", "deadline", "source", "hedge", "condition"];
  const lines = text.split("\n").filter((line) => line.length > 400);
  return Array.from({ length: count }, (_, at): Mark => {
    const words = (lines[at % lines.length] ?? "").split(" ");
    const first = (Math.floor(at / lines.length) * 5) % Math.max(1, words.length - size);
    const tag = tags[at % tags.length] ?? "binding";
    return { tags: [tag], words: words.slice(first, first + size).join(" ") };
  });
}
