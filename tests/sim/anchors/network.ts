import * as Y from "yjs";
import type { Chance } from "./chance.ts";
import type { Peer } from "./peer.ts";

const REMOTE = "remote";

/** Carries updates between peers, in the order in which each one made them. */
export class Network {
  readonly peers: Peer[] = [];
  readonly #inboxes = new Map<Peer, Uint8Array[]>();
  readonly #apart = new Set<Peer>();

  join(peer: Peer): void {
    this.peers.push(peer);
    this.#inboxes.set(peer, []);
    peer.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === REMOTE || this.#apart.has(peer)) return;
      for (const [other, inbox] of this.#inboxes) if (other !== peer) inbox.push(update);
    });
  }

  replace(old: Peer, peer: Peer): void {
    this.peers.splice(this.peers.indexOf(old), 1);
    this.#inboxes.delete(old);
    this.join(peer);
  }

  /** From now on nothing goes to or from this peer. */
  part(peer: Peer): void {
    this.#apart.add(peer);
  }

  isApart(peer: Peer): boolean {
    return this.#apart.has(peer);
  }

  /** The peer is back: what either side lacks is exchanged as one update, as after a time offline. */
  unite(peer: Peer): void {
    this.#apart.delete(peer);
    this.#inboxes.get(peer)?.splice(0);
    const others = this.peers.filter((other) => other !== peer);
    for (const other of others) {
      const [here, there] = [Y.encodeStateVector(peer.doc), Y.encodeStateVector(other.doc)];
      const toOther = Y.encodeStateAsUpdate(peer.doc, there);
      const toPeer = Y.encodeStateAsUpdate(other.doc, here);
      Y.applyUpdate(other.doc, toOther, REMOTE);
      Y.applyUpdate(peer.doc, toPeer, REMOTE);
    }
  }

  /** Delivers up to `most` updates to one peer. */
  deliver(peer: Peer, most: number): void {
    if (this.#apart.has(peer)) return;
    for (const update of this.#inboxes.get(peer)?.splice(0, most) ?? [])
      Y.applyUpdate(peer.doc, update, REMOTE);
  }

  deliverSome(chance: Chance): void {
    for (const peer of this.peers) if (chance.happens(0.5)) this.deliver(peer, 1 + chance.below(6));
  }

  deliverAll(): void {
    const waits = (): boolean =>
      this.peers.some((peer) => !this.#apart.has(peer) && (this.#inboxes.get(peer)?.length ?? 0) > 0);
    while (waits()) for (const peer of this.peers) this.deliver(peer, Infinity);
  }
}
