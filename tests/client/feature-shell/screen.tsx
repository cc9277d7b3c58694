import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { MemoryRouter, useLocation } from "react-router";
import { vi } from "vitest";
import { keys } from "../../../client/api/keys.ts";
import type { Me } from "../../../client/api/me.ts";
import { createQueryClient } from "../../../client/api/query-client.ts";
import { SelfProvider } from "../../../client/api/self.tsx";
import { dismiss, noticeStore, notifyProblem } from "../../../client/ui/notify.ts";
import { theme } from "../../../client/ui/theme.ts";
import { Toaster } from "../../../client/ui/toaster.tsx";
import type { FakeServer } from "./fake-server.ts";

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}

/** What jsdom has not and the components ask for. */
function fillIn(): void {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  window.matchMedia = (query: string) =>
    Object.assign(new EventTarget(), {
      matches: false,
      media: query,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  Element.prototype.scrollIntoView = () => undefined;
  window.scrollTo = () => undefined;
}

/** A rendered screen, asked and used as a person would: by roles and names. */
export class Screen {
  readonly #root = createRoot(document.body.appendChild(document.createElement("div")));
  readonly client = createQueryClient(notifyProblem);
  address = "";

  /** Renders with the messages beside it; `as` is who is signed in. */
  async show(content: ReactNode, { server, as, at = "/" }: { server: FakeServer; as?: Me; at?: string }) {
    vi.stubGlobal("fetch", server.fetch);
    if (as) this.client.setQueryData(keys.me, as);
    const inside = as ? <SelfProvider me={as}>{content}</SelfProvider> : content;
    await act(async () => {
      this.#root.render(
        <MantineProvider theme={theme} env="test">
          <QueryClientProvider client={this.client}>
            <MemoryRouter initialEntries={[at]}>
              <Address onChange={(address) => (this.address = address)} />
              {inside}
              <Toaster />
            </MemoryRouter>
          </QueryClientProvider>
        </MantineProvider>,
      );
    });
  }

  get text(): string {
    const shown = document.createElement("div");
    shown.append(...[...document.body.children].map((child) => child.cloneNode(true)));
    for (const style of shown.querySelectorAll("style")) style.remove();
    return shown.textContent;
  }

  /** Waits until `found` gives something, letting React and the answers of the server go on. */
  async until<T>(found: () => T | null | undefined | false): Promise<T> {
    const end = Date.now() + 5_000;
    for (;;) {
      const value = found();
      if (value) return value;
      if (Date.now() > end) throw new Error(`Not found within 5 s on: ${this.text}`);
      await act(() => new Promise((resolve) => setImmediate(resolve)));
    }
  }

  hears(sentence: string): Promise<boolean> {
    return this.until(() => this.text.includes(sentence));
  }

  button(name: string): Promise<HTMLElement> {
    return this.until(() => this.all("button,[role=button],a,[role=menuitem],[role=menuitemradio]", name)[0]);
  }

  field(name: string): Promise<HTMLInputElement> {
    return this.until(() => {
      const labelled = this.all("label", name)[0];
      const found = labelled instanceof HTMLLabelElement && labelled.control;
      if (found instanceof HTMLInputElement) return found;
      return document.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`);
    });
  }

  /** Elements whose name, as spoken, begins with `name`. */
  all(selector: string, name: string): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>(selector)].filter((element) =>
      (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().startsWith(name),
    );
  }

  async click(name: string): Promise<void> {
    const button = await this.button(name);
    await act(async () => button.click());
  }

  async type(name: string, value: string): Promise<void> {
    await enter(await this.field(name), value);
  }

  async close(): Promise<void> {
    await act(async () => this.#root.unmount());
    this.client.clear();
    for (const { id } of noticeStore.get()) dismiss(id);
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  }
}

/** Types into a field in the way that React hears. */
export async function enter(field: HTMLInputElement, value: string): Promise<void> {
  await act(async () => {
    Reflect.set(HTMLInputElement.prototype, "value", value, field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export function openScreen(): Screen {
  fillIn();
  return new Screen();
}

function Address({ onChange }: { onChange: (address: string) => void }) {
  const { pathname, search } = useLocation();
  onChange(pathname + search);
  return null;
}
