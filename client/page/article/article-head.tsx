import { Anchor, Button } from "@mantine/core";
import { IconArchive, IconEyeOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { usePatchArticle } from "../../api/articles.ts";
import { useCan } from "../../api/self.tsx";
import type { ArticleMeta } from "#shared/model/snapshot.ts";
import { safeHref } from "#shared/doc/schema.ts";
import { Note } from "../../ui/note.tsx";
import css from "./article-head.module.css";

const DAY = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

/** Title and origin above the text. */
export function ArticleHead({ meta, children }: { meta: ArticleMeta; children?: ReactNode }) {
  const facts = [meta.publisher, meta.source, dayOf(meta.published)].filter((fact) => fact !== "");
  const href = safeHref(meta.url);
  return (
    <header className={css.head}>
      {meta.archived && <Archived id={meta.id} />}
      {meta.blind && !meta.archived && <Blind id={meta.id} />}
      <h1 className={css.title}>{meta.title}</h1>
      {(facts.length > 0 || href !== null) && (
        <p className={css.facts}>
          {facts.join(" · ")}
          {href !== null && (
            <>
              {facts.length > 0 && " · "}
              <Anchor href={href} target="_blank" rel="noopener noreferrer" inherit underline="always">
                Original
              </Anchor>
            </>
          )}
        </p>
      )}
      {children}
    </header>
  );
}

function Archived({ id }: { id: string }) {
  // An archived article refuses most changes; bringing it back is asked without that rule.
  const mayRestore = useCan("article.archive");
  const patch = usePatchArticle();
  return (
    <div className={css.notice}>
      <Note icon={<IconArchive size={18} aria-hidden />}>
        This article is archived: you can read it, nothing can be changed.
      </Note>
      {mayRestore && (
        <Button
          size="compact-sm"
          variant="default"
          loading={patch.isPending}
          onClick={() => patch.mutate({ id, patch: { archived: false } })}
        >
          Restore
        </Button>
      )}
    </div>
  );
}

function Blind({ id }: { id: string }) {
  const adjudicates = useCan("adjudicate");
  const patch = usePatchArticle();
  return (
    <div className={css.notice}>
      <Note icon={<IconEyeOff size={18} aria-hidden />}>
        {adjudicates
          ? "Blind annotation: you see all marks, everybody else only their own."
          : "Blind annotation: you see your own marks only, until all are revealed."}
      </Note>
      {adjudicates && (
        <Button
          size="compact-sm"
          variant="default"
          loading={patch.isPending}
          onClick={() => patch.mutate({ id, patch: { blind: false } })}
        >
          Reveal
        </Button>
      )}
    </div>
  );
}

function dayOf(published: string): string {
  if (published === "") return "";
  const at = Date.parse(published);
  return Number.isNaN(at) ? published : DAY.format(at);
}
