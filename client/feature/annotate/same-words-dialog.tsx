import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { useId, useMemo, useState } from "react";
import type { ArticleSession } from "../../session/contract.ts";
import { useReadable } from "../../session/use-readable.ts";
import { count } from "../../ui/count.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { tagLabel } from "../../ui/tag-chip.tsx";
import { PlaceList } from "./place-list.tsx";
import css from "./same-words-dialog.module.css";
import { samePlaces, tagPlaces } from "./same-places.ts";
import { TagChoice } from "./tag-choice.tsx";

/** Words that stand in several places of the article. */
export type SameWords = { readonly words: string; readonly tags: readonly string[] };

const NOTHING = { text: "" };

/** All places where the same words stand, to give them a tag together. */
export function SameWordsDialog({
  session,
  same,
  onDone,
  onClose,
}: {
  session: ArticleSession;
  same: SameWords;
  /** Says what was done; it is one step to undo. */
  onDone: (message: string) => void;
  onClose: () => void;
}) {
  const { codebook } = session;
  const [tags, setTags] = useState(same.tags);
  const [wholeWords, setWholeWords] = useState(true);
  const [matchCase, setMatchCase] = useState(true);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const markup = useReadable(session.markup);
  const statusId = useId();

  const [read, setRead] = useState(() => session.readText());
  const [changed, setChanged] = useState(false);
  const { places, marked } = useMemo(
    () =>
      samePlaces(
        read ?? NOTHING,
        { words: same.words, wholeWords, matchCase },
        { tags, placed: markup.placed },
      ),
    [read, same.words, wholeWords, matchCase, tags, markup],
  );
  const chosen = places.filter(({ start }) => !left.has(start));

  const apply = () => {
    const now = session.readText();
    if (!now || now.text !== read?.text) {
      // These were the places in another text: nothing is marked that nobody has seen.
      setRead(now);
      setLeft(new Set());
      setChanged(true);
      return;
    }
    session.changeMany(tagPlaces(codebook, chosen, tags, now.toPosition));
    const names = tags.map((tag) => tagLabel(codebook, tag)).join(" and ");
    onDone(`${names} added in ${count(chosen.length, "place")}`);
    onClose();
  };
  const options = (set: (on: boolean) => void) => (on: boolean) => {
    set(on);
    setLeft(new Set());
  };

  return (
    <Dialog onClose={onClose} title="The same words elsewhere" size="lg">
      <Stack gap="sm">
        <p className={css.words}>{same.words}</p>
        <TagChoice codebook={codebook} label="Tags they get" chosen={tags} onChange={setTags} />
        <Group gap="md">
          <Checkbox
            size="xs"
            label="Whole words"
            checked={wholeWords}
            onChange={(event) => options(setWholeWords)(event.currentTarget.checked)}
          />
          <Checkbox
            size="xs"
            label="Upper and lower case matter"
            checked={matchCase}
            onChange={(event) => options(setMatchCase)(event.currentTarget.checked)}
          />
        </Group>
        <output id={statusId} className={css.status}>
          {changed && "The text has changed meanwhile; these are its places now. "}
          {places.length === 0 ? "No place is left to tag." : `${count(places.length, "place")} to tag.`}
          {marked > 0 && ` ${count(marked, "place")} of yours ${marked === 1 ? "has" : "have"} it already.`}
        </output>
        {places.length > 0 && (
          <PlaceList places={places} left={left} onChange={setLeft} describedBy={statusId} />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={chosen.length === 0 || tags.length === 0} onClick={apply} data-autofocus>
            {tags.length === 0 ? "Choose a tag" : `Tag ${count(chosen.length, "place")}`}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
