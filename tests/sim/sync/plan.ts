import { z } from "zod";
import { Random } from "../../attack/random.ts";
import { CAST } from "./cast.ts";
import { FAULTS } from "./disk.ts";
import { STRIKES } from "./hostile.ts";
import { EFFECTS } from "./server.ts";

const count = z.number().int().min(0);
const who = z
  .number()
  .int()
  .min(0)
  .max(CAST.length - 1);
const kind = z.enum(["text", "layer"]);

/** One thing that happens, `after` milliseconds after the one before. `dice` seeds what is random in it. */
export const Action = z.discriminatedUnion("do", [
  z.object({ do: z.literal("edit"), after: count, who, kind, times: count, dice: count }),
  z.object({ do: z.literal("undo"), after: count, who, kind, way: z.enum(["undo", "redo"]) }),
  z.object({ do: z.literal("say"), after: count, who, place: count }),
  /** All connections of a tab break without a word. */
  z.object({ do: z.literal("cut"), after: count, who }),
  /** The tab has no network for a while. */
  z.object({ do: z.literal("part"), after: count, who, span: count }),
  /** The tab reads only so many bytes a second for a while. */
  z.object({ do: z.literal("slow"), after: count, who, span: count, rate: z.number().positive() }),
  /** The page is closed without a word, and opened again from what the device has kept. */
  z.object({ do: z.literal("reload"), after: count, who }),
  /** The server is killed before its `nth` next effect of a kind, and started again after a while. */
  z.object({ do: z.literal("kill"), after: count, before: z.enum(EFFECTS), nth: count, down: count }),
  z.object({ do: z.literal("drain"), after: count, down: count }),
  z.object({ do: z.literal("disk"), after: count, fault: z.enum(FAULTS), span: count }),
  /** A snapshot of each room is made. */
  z.object({ do: z.literal("fold"), after: count }),
  z.object({ do: z.literal("rights"), after: count, of: z.enum(["user", "article", "credential"]), who }),
  /** The server itself writes, for the whole article or into a person's layer. */
  z.object({ do: z.literal("write"), after: count, who: who.nullable(), dice: count }),
  z.object({ do: z.literal("read"), after: count }),
  z.object({ do: z.literal("strike"), after: count, how: z.enum(STRIKES), dice: count }),
]);
export type Action = z.infer<typeof Action>;

/** A whole simulation: what happens, and the seed of how long everything takes. */
export const Plan = z.object({ seed: count, actions: z.array(Action) });
export type Plan = z.infer<typeof Plan>;

type Chance = {
  readonly weight: number;
  /** It is bad luck, of which some plans have more than others. */
  readonly storm?: true;
  make(random: Random): Action;
};

const anybody = (random: Random): number => random.below(CAST.length);
const either = (random: Random): "text" | "layer" => (random.chance(0.6) ? "text" : "layer");
const dice = (random: Random): number => random.below(2 ** 31);

/** Mostly short. */
function span(random: Random, longest: number): number {
  return 1 + Math.floor(longest * random.next() ** 3);
}

const CHANCES: readonly Chance[] = [
  {
    weight: 46,
    make: (random) => {
      const times = 1 + random.below(random.chance(0.1) ? 12 : 3);
      return { do: "edit", after: 0, who: anybody(random), kind: either(random), times, dice: dice(random) };
    },
  },
  {
    weight: 7,
    make: (random) => {
      const way = random.chance(0.7) ? "undo" : "redo";
      return { do: "undo", after: 0, who: anybody(random), kind: either(random), way };
    },
  },
  {
    weight: 4,
    make: (random) => ({ do: "say", after: 0, who: anybody(random), place: random.below(1_000) }),
  },
  { weight: 5, storm: true, make: (random) => ({ do: "cut", after: 0, who: anybody(random) }) },
  {
    weight: 2,
    storm: true,
    make: (random) => ({ do: "part", after: 0, who: anybody(random), span: span(random, 4_000) }),
  },
  {
    weight: 3,
    storm: true,
    make: (random) => {
      const rate = random.pick([0.001, 200, 2_000]);
      return { do: "slow", after: 0, who: anybody(random), span: span(random, 6_000), rate };
    },
  },
  { weight: 3, storm: true, make: (random) => ({ do: "reload", after: 0, who: anybody(random) }) },
  {
    weight: 4,
    storm: true,
    make: (random) => {
      const nth = 1 + random.below(4);
      return { do: "kill", after: 0, before: random.pick(EFFECTS), nth, down: span(random, 800) };
    },
  },
  { weight: 1, storm: true, make: (random) => ({ do: "drain", after: 0, down: span(random, 500) }) },
  {
    weight: 3,
    storm: true,
    make: (random) => ({ do: "disk", after: 0, fault: random.pick(FAULTS), span: span(random, 1_500) }),
  },
  {
    weight: 1,
    storm: true,
    make: (random) => {
      const of = random.pick(["user", "article", "credential"] as const);
      return { do: "rights", after: 0, of, who: anybody(random) };
    },
  },
  { weight: 2, make: () => ({ do: "fold", after: 0 }) },
  {
    weight: 3,
    make: (random) => {
      const who = random.chance(0.5) ? null : anybody(random);
      return { do: "write", after: 0, who, dice: dice(random) };
    },
  },
  { weight: 2, make: () => ({ do: "read", after: 0 }) },
  {
    weight: 9,
    make: (random) => ({ do: "strike", after: 0, how: random.pick(STRIKES), dice: dice(random) }),
  },
];

/** The plan of a seed. */
export function makePlan(seed: number, length: number): Plan {
  const random = new Random(seed);
  const weather = random.pick([0.1, 0.5, 1, 2]);
  const shares = CHANCES.map(({ weight, storm }) => weight * (storm ? weather : 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const actions = Array.from({ length }, (): Action => {
    let ticket = random.next() * total;
    const found = CHANCES.find((_, at) => (ticket -= shares[at] ?? 0) < 0) ?? random.pick(CHANCES);
    return { ...found.make(random), after: span(random, 160) };
  });
  return { seed, actions };
}
