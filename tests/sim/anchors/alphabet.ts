import type { Chance } from "./chance.ts";

const WORDS = "cut emissions by half the plan before money will follow of we".split(" ");
const FIRST = 0x4e00;
const LAST = 0x9fff;

const letters = new Map<string, string>();

/** The text as a reader would see it: words that repeat, as in real text. */
export function project(text: string): string {
  return Array.from(text, (character) => letters.get(character) ?? character).join("");
}

/** Makes characters that are each unlike every other one, so that a test can follow every single one. */
export class Alphabet {
  #next = FIRST;

  /** `count` new characters that stand for the letters of words. */
  text(count: number, chance: Chance): string {
    let plain = "";
    while (plain.length < count) plain += `${chance.pick(WORDS)} `;
    return Array.from(plain.slice(0, count), (letter) => {
      if (this.#next > LAST) throw new Error("the alphabet has run out");
      const character = String.fromCharCode(this.#next++);
      letters.set(character, letter);
      return character;
    }).join("");
  }
}
