import { useEffect, useState } from "react";
import { latePart } from "../../ui/late-part.tsx";
import css from "./bell.module.css";

const lateBell = latePart(async () => (await import("./bell.tsx")).Bell);

/** Milliseconds that are left to what the page is for. */
const SOON = 800;

/** What I was told, in the header of every page. Its place is kept until it comes, soon after the page. */
export function NotificationsBell() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), SOON);
    return () => clearTimeout(timer);
  }, []);
  const place = <span className={css.place} aria-hidden />;
  return wanted ? <lateBell.Part props={{}} fallback={place} /> : place;
}
