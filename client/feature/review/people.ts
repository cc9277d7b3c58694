import type { Person } from "#shared/model/snapshot.ts";
import type { ReviewStore } from "./store.ts";

/** Who somebody is, also when they have left: by what the room knows of authors and reviewers. */
export function personOf(store: ReviewStore, id: string): Person {
  const { people, entries } = store.view.get();
  const { me } = store.session;
  if (id === me.id) return { id, name: me.name, color: me.color };
  const author = entries.find(({ placed }) => placed.author.id === id)?.placed.author;
  return people.get(id) ?? author ?? { id, name: "Somebody who has left", color: "#8a8880" };
}

/** "You" or the person's name. */
export function nameOf(store: ReviewStore, id: string): string {
  return id === store.session.me.id ? "You" : personOf(store, id).name;
}
