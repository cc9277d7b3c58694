import { Drawer, Tabs } from "@mantine/core";
import { activeTags, type Codebook } from "#shared/model/codebook.ts";
import { tagOf } from "../../ui/tag-chip.tsx";
import css from "./codebook-drawer.module.css";
import { TagDefinitionText } from "./tag-definition.tsx";
import { TwoQuestions } from "./two-questions.tsx";

/** What is open: the rules, the overview, or one tag by its id. */
export type CodebookPlace =
  | { readonly kind: "overview" }
  | { readonly kind: "rules" }
  | { readonly kind: "tag"; readonly id: string };

const OVERVIEW = "/overview";
const RULES = "/rules";

/** The codebook beside the text: what each tag means, with examples, and the rules for hard cases. */
export function CodebookDrawer({
  codebook,
  place,
  onPlace,
}: {
  codebook: Codebook;
  /** Null: closed. */
  place: CodebookPlace | null;
  onPlace: (place: CodebookPlace | null) => void;
}) {
  const listed = activeTags(codebook);
  const extra =
    place?.kind === "tag" && !listed.some(({ id }) => id === place.id) ? tagOf(codebook, place.id) : null;
  const tags = extra ? [...listed, extra] : listed;
  return (
    <Drawer
      opened={place !== null}
      onClose={() => onPlace(null)}
      position="right"
      size={480}
      title={codebook.title}
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      returnFocus
      closeButtonProps={{ "aria-label": "Close the codebook" }}
    >
      <Tabs
        value={valueOf(place)}
        onChange={(value) => onPlace(placeOf(value))}
        keepMounted={false}
        classNames={{ list: css.tabs, panel: css.panel }}
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
            {codebook.rules.map((rule) => (
              <li key={rule.n} value={rule.n}>
                <strong>{rule.title}</strong> {rule.text}
              </li>
            ))}
          </ol>
        </Tabs.Panel>
      </Tabs>
      <p className={css.version}>
        {codebook.id}, version {codebook.version}
      </p>
    </Drawer>
  );
}

function valueOf(place: CodebookPlace | null): string {
  if (place?.kind === "tag") return place.id;
  return place?.kind === "rules" ? RULES : OVERVIEW;
}

function placeOf(value: string | null): CodebookPlace {
  if (value === RULES) return { kind: "rules" };
  return value === null || value === OVERVIEW ? { kind: "overview" } : { kind: "tag", id: value };
}
