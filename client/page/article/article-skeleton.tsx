import { Skeleton, VisuallyHidden } from "@mantine/core";
import { AccountMenu } from "../../feature/account/account-menu.tsx";
import { AppHeader } from "../../ui/app-header.tsx";
import css from "./article-skeleton.module.css";

/** The shape of an article before its text is there. */
export function ArticleSkeleton() {
  return (
    <>
      <AppHeader compact leading={<Skeleton height={16} width={220} />} account={<AccountMenu />} />
      <main id="main" tabIndex={-1} data-focus-target aria-busy className={css.main}>
        <VisuallyHidden>Loading the article</VisuallyHidden>
        <TextSkeleton />
      </main>
    </>
  );
}

/** Lines of text that are on their way. */
export function TextSkeleton() {
  return (
    <div className={css.text} aria-hidden>
      {[92, 100, 97, 60].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
      <span />
      {[99, 94, 98, 90, 35].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  );
}
