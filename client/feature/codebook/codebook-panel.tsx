import { Tabs } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { tagOf } from "../../ui/tag-chip.tsx";
import css from "./codebook-panel.module.css";
import { TagDefinitionText } from "./tag-definition.tsx";
import { TwoQuestions } from "./two-questions.tsx";

/** What is open: the overview, the rules, or one tag by its id. */
export type CodebookPlace =
  | { readonly kind: "overview" }
  /** `n`: the rule to show, by its number. */
  | { readonly kind: "rules"; readonly n?: number }
  | { readonly kind: "tag"; readonly id: string };

const OVERVIEW = "/overview";
const RULES = "/rules";

/**
 * The codebook beside the text: what each tag means, with examples, and the rules for hard cases. It lies
 * over the margin and leaves the text free to be read and marked meanwhile.
 */
export function CodebookPanel({
  codebook,
  place,
  onPlace,
  page,
}: {
  codebook: Codebook;
  place: CodebookPlace;
  /** Null: close it. */
  onPlace: (place: CodebookPlace | null) => void;
  /** The way to the codebook's own page. */
  page?: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  const listed = activeTags(codebook);
  const extra =
    place.kind === "tag" && !listed.some(({ id }) => id === place.id) ? tagOf(codebook, place.id) : null;
  const tags = extra ? [...listed, extra] : listed;

  const rule = place.kind === "rules" ? place.n : undefined;
  useEffect(() => {
    if (rule === undefined) return;
    const shown = panel.current?.querySelector<HTMLElement>(`[data-rule="${rule}"]`);
    shown?.scrollIntoView({ block: "center" });
    shown?.focus({ preventScroll: true });
  }, [rule]);

  return (
    <SidePanel
      panel={panel}
      label="Codebook"
      region="codebook"
      title={codebook.title}
      closeLabel="Close the codebook"
      onClose={() => onPlace(null)}
    >
      <Tabs
        value={valueOf(place)}
        onChange={(value) => onPlace(placeOf(value))}
        keepMounted={false}
        variant="pills"
        classNames={{ list: css.tabs, tab: css.tab, panel: css.part }}
      >
        <Tabs.List aria-label="Parts of the codebook">
          <Tabs.Tab value={OVERVIEW}>In one minute</Tabs.Tab>
          {tags.map((tag) => (
            <Tabs.Tab key={tag.id} value={tag.id}>
              {tag.label}
            </Tabs.Tab>
          ))}
          {codebook.rules.length > 0 && <Tabs.Tab value={RULES}>Hard cases</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value={OVERVIEW}>
          <p className={css.summary}>{codebook.summary}</p>
          <TwoQuestions codebook={codebook} />
        </Tabs.Panel>
        {tags.map((tag) => (
          <Tabs.Panel key={tag.id} value={tag.id}>
            <TagDefinitionText codebook={codebook} tag={tag} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value={RULES}>
          <ol className={css.rules}>
            {codebook.rules.map((one) => (
              <li key={one.n} value={one.n} data-rule={one.n} tabIndex={-1}>
                <strong>{one.title}</strong> {one.text}
              </li>
            ))}
          </ol>
        </Tabs.Panel>
      </Tabs>
      <p className={css.version}>
        {codebook.id}, version {codebook.version}. {page}
      </p>
    </SidePanel>
  );
}

function valueOf(place: CodebookPlace): string {
  if (place.kind === "tag") return place.id;
  return place.kind === "rules" ? RULES : OVERVIEW;
}

function placeOf(value: string | null): CodebookPlace {
  if (value === RULES) return { kind: "rules" };
  return value === null || value === OVERVIEW ? { kind: "overview" } : { kind: "tag", id: value };
}
