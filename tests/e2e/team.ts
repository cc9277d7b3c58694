import type { Browser, BrowserContext } from "playwright-core";
import { newPerson, type Person } from "./browser.ts";
import type { Product } from "./product.ts";

/** Members made over the API, for tests whose story begins when everybody is there already. */

export type Role = "viewer" | "annotator" | "editor" | "reviewer" | "owner";
export type Mark = {
  readonly tags: readonly string[];
  /** Words that stand in the text; `nth` picks one of several places, from 0. */
  readonly words: string;
  readonly nth?: number;
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
  readonly note?: string;
};

export type Member = {
  readonly id: string;
  readonly name: string;
  /** Calls the API as this member; throws when it refuses. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Gives a browser this member's session. */
  enter(context: BrowserContext): Promise<void>;
  /** A browser of this member's own. */
  browse(browser: Browser, options?: Parameters<Browser["newContext"]>[0]): Promise<Person>;
  /** Puts marks into this member's layer. */
  mark(article: string, marks: readonly Mark[]): Promise<void>;
};

type Me = { readonly id: string; readonly name: string };
type Cookie = { readonly name: string; readonly value: string };

async function refuse(response: Response, path: string): Promise<never> {
  throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

async function arrive(product: Product, path: string, body: unknown): Promise<Member> {
  const response = await fetch(`${product.base}/api/v1${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) return refuse(response, path);
  const { me } = (await response.json()) as { me: Me };
  const cookies = response.headers.getSetCookie().map((line): Cookie => {
    const [pair = ""] = line.split(";");
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  return member(product, me, cookies);
}

function member(product: Product, me: Me, cookies: readonly Cookie[]): Member {
  const header = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${product.base}/api/v1${path}`, {
      method,
      headers: { cookie: header, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) return refuse(response, path);
    return (response.status === 204 ? null : await response.json()) as T;
  };
  const enter = (context: BrowserContext) =>
    context.addCookies(
      cookies.map(({ name, value }) => ({ name, value, url: product.base, httpOnly: true })),
    );
  return {
    id: me.id,
    name: me.name,
    call,
    enter,
    browse: async (browser, options) => {
      const person = await newPerson(browser, options);
      await enter(person.context);
      return person;
    },
    mark: async (article, marks) => {
      const { text } = await call<{ text: string }>("GET", `/articles/${article}/snapshot`);
      const annotations = marks.map(({ tags, words, nth = 0, fields = {}, note = "" }) => {
        let start = -1;
        for (let found = 0; found <= nth; found += 1) start = text.indexOf(words, start + 1);
        if (start < 0) throw new Error(`"${words}" does not stand in the text`);
        const ranges = [{ start, end: start + words.length, exact: words }];
        return { tags, ranges, fields, note };
      });
      await call("POST", `/articles/${article}/annotations`, { annotations });
    },
  };
}

/** The first owner, with the one-time link of a product nobody has opened yet. */
export function ownerOf(product: Product, name = "Ana Ruiz"): Promise<Member> {
  const token = new URL(product.link).searchParams.get("token");
  const email = "ana@example.org";
  return arrive(product, "/setup", { token, name, email, password: "correct horse battery staple" });
}

/** A guest who came by an invitation. */
export async function guestOf(product: Product, owner: Member, name: string, role: Role): Promise<Member> {
  const { code } = await owner.call<{ code: string }>("POST", "/invites", { role });
  return arrive(product, `/join/${code}`, { name });
}

/** Id of the article that comes with the product. */
export async function seedArticle(someone: Member): Promise<string> {
  const { items } = await someone.call<{ items: { id: string }[] }>("GET", "/articles");
  const id = items[0]?.id;
  if (id === undefined) throw new Error("there is no article");
  return id;
}
