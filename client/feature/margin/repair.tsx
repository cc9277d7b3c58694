import { Button } from "@mantine/core";
import { IconTextScan2 } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { Placed } from "../../session/contract.ts";
import { useDesk } from "./actions.ts";
import { shorten } from "./difference.ts";
import css from "./repair.module.css";
import { offeredPlaces, type OfferedPlace } from "./offered.ts";

/** For a mark whose words are gone: the way to put it on other words. Nothing happens by itself. */
export function Repair({ placed }: { placed: Placed }) {
  const { actions, readText } = useDesk();
  const [places, setPlaces] = useState<readonly OfferedPlace[] | null>(null);
  useEffect(() => {
    // After the card is there: in a long text the search can be felt.
    const timer = setTimeout(() => {
      const read = readText();
      if (read) setPlaces(offeredPlaces(placed, read));
    });
    return () => clearTimeout(timer);
  }, [readText, placed]);

  return (
    <div className={css.repair}>
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconTextScan2 size={15} aria-hidden />}
        onClick={() => actions.repair(placed, null)}
      >
        Put it on the selected words
      </Button>
      {places !== null && places.length === 0 && (
        <p className={css.none}>Nothing in the text reads like its words.</p>
      )}
      {places !== null && places.length > 0 && (
        <>
          <p className={css.none}>These places read like its words:</p>
          <ol className={css.list} aria-label="Places that read like its words">
            {places.map((place) => (
              <li key={place.range.from} className={css.place}>
                <button type="button" className={css.words} onClick={() => actions.showWords(place.range)}>
                  {place.before}
                  <strong>{shorten(place.words, 120)}</strong>
                  {place.after}
                </button>
                <span className={css.foot}>
                  {Math.round(place.score * 100)} % alike
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => actions.repair(placed, place.range)}
                  >
                    Put it here
                  </Button>
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
