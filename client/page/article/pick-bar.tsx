import { Button, Kbd } from "@mantine/core";
import type { ReactNode } from "react";
import { linkName } from "../../feature/margin/links.ts";
import css from "./pick-bar.module.css";
import type { LinkPick } from "./use-link-pick.ts";
import type { Pick } from "./use-pick.ts";

/** Says what waits for something in the text, and how to leave. */
export function PickBar({ pick, linkPick }: { pick: Pick; linkPick: LinkPick }) {
  if (pick.picking) {
    return (
      <Bar onCancel={pick.cancel}>
        <span>
          Select the words for <strong>{pick.picking.label}</strong>
        </span>
      </Bar>
    );
  }
  if (linkPick.from === null) return null;
  return (
    <Bar onCancel={linkPick.cancel}>
      {linkPick.choices.length === 0 ? (
        <span>
          Choose the mark to link with <Kbd size="xs">Enter</Kbd>
        </span>
      ) : (
        linkPick.choices.map((choice, at) => (
          <Button
            key={`${choice.type} ${choice.outgoing}`}
            size="compact-sm"
            onClick={() => linkPick.choose(choice)}
            rightSection={<Kbd size="xs">{at + 1}</Kbd>}
          >
            {linkName(choice)}
          </Button>
        ))
      )}
    </Bar>
  );
}

function Bar({ onCancel, children }: { onCancel: () => void; children: ReactNode }) {
  return (
    <div className={css.bar}>
      {children}
      <Button size="compact-sm" variant="default" onClick={onCancel} rightSection={<Kbd size="xs">Esc</Kbd>}>
        Cancel
      </Button>
    </div>
  );
}
