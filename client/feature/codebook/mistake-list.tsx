import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { count } from "../../ui/count.ts";
import css from "./codebook-editor.module.css";
import { useEditing, type EditorPlace } from "./editing.ts";
import { entriesOf } from "./entries.ts";
import type { DraftMistake } from "#shared/codebook/mistakes.ts";
import type { Codebook } from "#shared/model/codebook.ts";

/** What stands between the draft and publishing, and what deserves a look; each line leads there. */
export function MistakeList() {
  const { mistakes, state, go } = useEditing();
  if (mistakes.length === 0) return null;
  const wrong = mistakes.filter(({ severity }) => severity === "wrong");
  const looks = mistakes.filter(({ severity }) => severity === "look");
  const words = [
    ...(wrong.length > 0 ? [`${count(wrong.length, "thing")} to put right before publishing`] : []),
    ...(looks.length > 0 ? [`${count(looks.length, "thing")} worth a look`] : []),
  ];
  return (
    <details className={css.mistakes}>
      <summary>{words.join(", ")}</summary>
      <ul>
        {[...wrong, ...looks].map((mistake, nth) => (
          <li key={nth} data-severity={mistake.severity}>
            {mistake.severity === "wrong" ? (
              <IconAlertTriangle size={15} aria-label="To put right:" />
            ) : (
              <IconInfoCircle size={15} aria-label="Worth a look:" />
            )}
            <button type="button" onClick={() => go(placeOf(mistake, state.codebook))}>
              {nameOf(mistake, state.codebook)}
            </button>
            <span>{mistake.message}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function placeOf({ part, at }: DraftMistake, codebook: Codebook): EditorPlace {
  const entry = part === "about" || at === null ? undefined : entriesOf(codebook, part)[at];
  return part === "about" || !entry ? { kind: "about" } : { kind: "entry", part, id: entry.id };
}

function nameOf({ part, at }: DraftMistake, codebook: Codebook): string {
  const entry = part === "about" || at === null ? undefined : entriesOf(codebook, part)[at];
  return entry ? entry.label.trim() || "Without a name" : "The codebook";
}
