import type { Alphabet } from "./alphabet.ts";
import type { Chance } from "./chance.ts";
import { commands, type Peer, type Place } from "./peer.ts";

type Edit = (peer: Peer, chance: Chance, alphabet: Alphabet) => void;

function anywhere(peer: Peer, chance: Chance): number {
  return peer.index.toPosition(chance.below(peer.text.length + 1));
}

/** A stretch of up to `most` characters. */
export function somewhere(peer: Peer, chance: Chance, most: number): Place {
  const start = chance.below(Math.max(peer.text.length, 1));
  const end = Math.min(peer.text.length, start + 1 + chance.below(most));
  return { from: peer.index.toPosition(start), to: peer.index.toPosition(end) };
}

function within(peer: Peer, chance: Chance, most: number): Place {
  const { from, to } = somewhere(peer, chance, most);
  return { from, to: Math.min(to, peer.article.resolve(from).end()) };
}

const caret = (peer: Peer, chance: Chance): Place => {
  const at = anywhere(peer, chance);
  return { from: at, to: at };
};

const insert: Edit = (peer, chance, alphabet) =>
  peer.insert(anywhere(peer, chance), alphabet.text(1 + chance.below(8), chance));

const erase: Edit = (peer, chance) => {
  const place = chance.happens(0.8) ? within(peer, chance, 8) : somewhere(peer, chance, 40);
  if (place.from < place.to) peer.delete(place);
};

const cutAndPaste: Edit = (peer, chance, alphabet) => {
  const place = chance.happens(0.7) ? within(peer, chance, 30) : somewhere(peer, chance, 60);
  if (place.from >= place.to) return;
  peer.cut(place);
  if (chance.happens(0.3)) insert(peer, chance, alphabet);
  if (chance.happens(0.5)) peer.step();
  peer.paste(anywhere(peer, chance));
};

const drag: Edit = (peer, chance) => {
  const place = within(peer, chance, 30);
  const target = anywhere(peer, chance);
  if (place.from < place.to && (target < place.from || target > place.to)) peer.drag(place, target);
};

const moveBlock: Edit = (peer, chance) => {
  const count = peer.article.childCount;
  if (count > 1) peer.moveBlock(chance.below(count), chance.below(count));
};

const command =
  (name: keyof typeof commands, most: number): Edit =>
  (peer, chance) => {
    peer.on(most > 0 ? somewhere(peer, chance, most) : caret(peer, chance), commands[name]);
  };

const EDITS: readonly (readonly [number, Edit])[] = [
  [14, insert],
  [9, erase],
  [7, (peer, chance) => peer.split(anywhere(peer, chance))],
  [5, (peer, chance) => peer.join(anywhere(peer, chance))],
  [3, command("heading", 10)],
  [2, command("paragraph", 10)],
  [2, command("wrap", 60)],
  [2, command("lift", 20)],
  [3, command("list", 60)],
  [2, command("splitItem", 0)],
  [2, command("liftItem", 20)],
  [1, command("sinkItem", 20)],
  [3, command("bold", 20)],
  [2, (peer, chance) => peer.break(anywhere(peer, chance))],
  [4, cutAndPaste],
  [2, drag],
  [2, moveBlock],
];

const UNDO: readonly (readonly [number, Edit])[] = [
  [8, (peer) => peer.undo()],
  [4, (peer) => peer.redo()],
];

/** One random edit by one peer. */
export function edit(peer: Peer, options: { chance: Chance; alphabet: Alphabet; undo: boolean }): void {
  const { chance, alphabet } = options;
  const edits = options.undo ? [...EDITS, ...UNDO] : EDITS;
  let left = chance.below(edits.reduce((sum, [weight]) => sum + weight, 0));
  const [, act] = edits.find(([weight]) => (left -= weight) < 0) ?? EDITS[0] ?? [0, insert];
  if (chance.happens(0.7)) peer.step();
  act(peer, chance, alphabet);
}
