import type { ArticleItem, Invite, Me, Member } from "#shared/wire/shapes.ts";

/** Things of the API with everything filled in, for tests that care about a few fields. */

const NOW = Date.UTC(2026, 0, 7, 12);

export function me(patch: Partial<Me> = {}): Me {
  return { id: "u1", name: "Ana", email: "ana@example.org", role: "owner", color: "#1D4ED8", ...patch };
}

export function article(patch: Partial<ArticleItem> = {}): ArticleItem {
  return {
    id: "a1",
    title: "Paris declaration",
    source: "",
    publisher: "",
    published: "",
    url: "",
    words: 1200,
    marks: 3,
    people: [],
    createdAt: NOW,
    updatedAt: NOW,
    archivedAt: null,
    blind: false,
    epoch: 1,
    ...patch,
  };
}

export function member(patch: Partial<Member> = {}): Member {
  return { ...me(), joinedAt: NOW, lastSeenAt: null, ...patch };
}

export function invite(patch: Partial<Invite> = {}): Invite {
  return {
    id: "i1",
    code: "ABCD-EF",
    role: "annotator",
    articleId: "a1",
    expiresAt: null,
    maxUses: null,
    uses: 0,
    createdBy: { id: "u1", name: "Ana", color: "#1D4ED8" },
    createdAt: NOW,
    revokedAt: null,
    url: "https://gloss.test/j/ABCD-EF",
    ...patch,
  };
}
