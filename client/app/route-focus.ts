import { useEffect, useRef } from "react";
import { useLocation, useNavigationType } from "react-router";
import { announce } from "../ui/announcer.tsx";

/** How long a page may take to name itself before its title is said as it stands, in milliseconds. */
const TITLE_PATIENCE = 1_500;

/**
 * After each change of page: focus goes to the page's `main`, and its title is said. A change of the
 * query alone (tabs, filters) moves nothing, and the first page keeps the browser's own beginning.
 */
export function useRouteFocus(): void {
  const { pathname } = useLocation();
  const kind = useNavigationType();
  const last = useRef(pathname);

  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    // Going back is left to the browser, which remembers how far a page was scrolled.
    if (kind !== "POP") window.scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
    return sayTitleWhenSet();
  }, [pathname, kind]);
}

/** A page that waits for its data is called just "Gloss" until it knows its title. */
function sayTitleWhenSet(): () => void {
  const title = () => document.title.replace(/ · Gloss$/, "");
  const finish = () => {
    observer.disconnect();
    clearTimeout(timer);
    announce(title());
  };
  const observer = new MutationObserver(() => {
    if (title() !== "Gloss") finish();
  });
  observer.observe(document.head, { subtree: true, childList: true, characterData: true });
  const timer = setTimeout(finish, title() === "Gloss" ? TITLE_PATIENCE : 0);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}
