import { createContext, useContext, type ReactNode } from "react";
import { can, type Subject, type Verb } from "#shared/model/role.ts";
import type { Me } from "#shared/wire/shapes.ts";

const Context = createContext<Me | null>(null);

/** Makes `me` known to everything inside; set by the guard of pages that need somebody signed in. */
export function SelfProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <Context.Provider value={me}>{children}</Context.Provider>;
}

/** Who I am, inside pages that need somebody signed in. */
export function useSelf(): Me {
  const me = useContext(Context);
  if (!me) throw new Error("useSelf is used outside a page that needs somebody signed in");
  return me;
}

/** Whether I may do `verb`; the same answer as the server's. */
export function useCan(verb: Verb, what: Subject = {}): boolean {
  return can(useContext(Context), verb, what);
}
