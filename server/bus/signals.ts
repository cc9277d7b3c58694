/**
 * A word to a person's open pages that there is news for them: no content, only the hint to ask. Whoever
 * is not here learns it when they come.
 */
export class Signals {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls `hear` at every word to this person, until the returned function is called. */
  listen(user: string, hear: () => void): () => void {
    let own = this.#listeners.get(user);
    if (!own) this.#listeners.set(user, (own = new Set()));
    own.add(hear);
    return () => {
      own.delete(hear);
      if (own.size === 0 && this.#listeners.get(user) === own) this.#listeners.delete(user);
    };
  }

  tell(users: Iterable<string>): void {
    for (const user of new Set(users)) {
      for (const hear of Array.from(this.#listeners.get(user) ?? [])) hear();
    }
  }
}
