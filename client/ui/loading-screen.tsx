import { Skeleton, VisuallyHidden } from "@mantine/core";
import css from "./loading-screen.module.css";

/** The shape of a page before its first answer. It fades in, so that a quick answer shows nothing of it. */
export function LoadingScreen() {
  return (
    <main id="main" tabIndex={-1} data-focus-target className={css.screen} aria-busy>
      <VisuallyHidden>Loading</VisuallyHidden>
      <Skeleton height={34} width="55%" />
      <Skeleton height={14} width="80%" />
      <Skeleton height={14} width="72%" />
      <Skeleton height={14} width="76%" />
    </main>
  );
}
