import { ActionIcon, Select, Tooltip } from "@mantine/core";
import { IconPointer, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Placed } from "../../session/contract.ts";
import { quoteOf } from "./anchor-note.tsx";
import { useDesk } from "./actions.ts";
import { shorten } from "./difference.ts";
import css from "./link-list.module.css";
import { canLink, linkChoices, linkName, linksOf, type LinkChoice, type LinkView } from "./links.ts";

/** How a mark hangs together with others of the same person. `editable`: it is mine and may change. */
export function LinkList({ placed, editable }: { placed: Placed; editable: boolean }) {
  const { codebook, layerOf, actions } = useDesk();
  const layer = layerOf(placed.author.id);
  const links = linksOf(codebook, placed, layer);
  const mayAdd = editable && canLink(codebook, placed.annotation.tags);
  if (links.length === 0 && !mayAdd) return null;
  return (
    <div className={css.links}>
      {links.length > 0 && (
        <ul className={css.list} aria-label="Links">
          {links.map((link) => (
            <LinkItem key={`${link.type}-${link.from.key}-${link.to}`} link={link} editable={editable} />
          ))}
        </ul>
      )}
      {mayAdd && (
        <div className={css.add}>
          <AddLink placed={placed} />
          <Tooltip label="Pick the other mark in the text">
            <ActionIcon
              size={28}
              aria-label="Pick the mark to link with in the text"
              onClick={() => actions.pickLink(placed)}
            >
              <IconPointer size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
    </div>
  );
}

function LinkItem({ link, editable }: { link: LinkView; editable: boolean }) {
  const { actions } = useDesk();
  const { from, other, type, to } = link;
  const words = other ? shorten(wordsOf(other), 70) : "a mark that is gone";
  const remove = () =>
    actions.change(from.annotation.id, {
      links: from.annotation.links.filter((one) => one.type !== type || one.to !== to),
    });
  return (
    <li className={css.item}>
      <span className={css.label}>{linkName(link)}</span>
      {other ? (
        <button type="button" className={css.words} onClick={() => actions.open(other.key)}>
          “{words}”
        </button>
      ) : (
        <span className={css.gone}>{words}</span>
      )}
      {editable && (
        <ActionIcon size="sm" aria-label={`Remove the link ${link.label}: ${words}`} onClick={remove}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

/** How many marks are offered; the nearest are the likely ones. */
const MOST = 40;

function AddLink({ placed }: { placed: Placed }) {
  const { codebook, actions, layerOf } = useDesk();
  const [query, setQuery] = useState("");
  // Looked up when somebody asks: in a large layer this is work.
  const [offered, setOffered] = useState<readonly LinkChoice[]>([]);
  const groups = [...Map.groupBy(offered.entries(), ([, choice]) => linkName(choice))];
  const add = (value: string | null) => {
    const choice = value === null ? undefined : offered[Number(value)];
    setQuery("");
    if (!choice) return;
    actions.change(choice.from.annotation.id, {
      links: [...choice.from.annotation.links, { type: choice.type, to: choice.to.annotation.id }],
    });
  };
  return (
    <Select
      size="xs"
      searchable
      value={null}
      searchValue={query}
      onSearchChange={setQuery}
      onChange={add}
      aria-label="Link with another mark of this person"
      placeholder="Link with another mark"
      onDropdownOpen={() =>
        setOffered(linkChoices(codebook, placed, layerOf(placed.author.id)).slice(0, MOST))
      }
      nothingFoundMessage={offered.length === 0 ? "No mark to link with yet" : "No mark with these words"}
      maxDropdownHeight={280}
      comboboxProps={{ withinPortal: true, width: 320, position: "bottom-start" }}
      data={groups.map(([group, list]) => ({
        group,
        items: list.map(([at, choice]) => ({ value: String(at), label: shorten(wordsOf(choice.other), 90) })),
      }))}
    />
  );
}

function wordsOf(placed: Placed): string {
  return placed.placement.text === "" ? quoteOf(placed) : placed.placement.text;
}
