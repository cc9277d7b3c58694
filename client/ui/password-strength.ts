export type Strength = {
  /** 0 empty, 1 weak, 2 fair, 3 good, 4 strong. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly word: string;
  /** What would make it better, or empty. */
  readonly hint: string;
};

const LEAST = 10;
const COMMON = ["password", "passwort", "qwerty", "letmein", "welcome", "iloveyou", "admin", "gloss"];
const SEQUENCE = "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm";

/**
 * A rough guess at how hard a password is to guess, for a hint while typing: length counts most, and
 * repeats, runs of the keyboard and everyday words count as if they were short.
 */
export function strengthOf(password: string): Strength {
  if (password === "")
    return { level: 0, word: "", hint: `At least ${LEAST} characters. Four words are good.` };
  if (password.length < LEAST) {
    const missing = LEAST - password.length;
    return {
      level: 1,
      word: "Too short",
      hint: `${missing} more ${missing === 1 ? "character" : "characters"}.`,
    };
  }
  const bits = surprise(password) * bitsEach(password);
  if (bits < 40)
    return { level: 1, word: "Weak", hint: "Easy to guess. Use words that do not belong together." };
  if (bits < 60) return { level: 2, word: "Fair", hint: "Longer is better than stranger." };
  if (bits < 85) return { level: 3, word: "Good", hint: "" };
  return { level: 4, word: "Strong", hint: "" };
}

/** How many characters of it are not foreseeable from those before. */
function surprise(password: string): number {
  let rest = password.toLowerCase();
  let count = 0;
  for (const word of COMMON) {
    const shorter = rest.replaceAll(word, "");
    count += shorter === rest ? 0 : 1;
    rest = shorter;
  }
  for (let at = 0; at < rest.length; at += 1) {
    const pair = rest.slice(Math.max(0, at - 1), at + 1);
    const foreseen = at > 0 && (pair[0] === pair[1] || isStep(pair));
    count += foreseen ? 0.25 : 1;
  }
  const distinct = new Set(rest).size;
  return Math.min(count, distinct * 2);
}

function isStep(pair: string): boolean {
  const turned = `${pair[1]}${pair[0]}`;
  return SEQUENCE.includes(pair) || SEQUENCE.includes(turned);
}

function bitsEach(password: string): number {
  let size = 0;
  if (/[a-z]/.test(password)) size += 26;
  if (/[A-Z]/.test(password)) size += 26;
  if (/\d/.test(password)) size += 10;
  if (/[^a-zA-Z\d]/.test(password)) size += 20;
  return Math.log2(Math.max(size, 2));
}
