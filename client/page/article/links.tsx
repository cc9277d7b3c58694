import { linksOf } from "../../feature/margin/links.ts";
import type { Readable } from "../../session/contract.ts";
import { lateLinkLines } from "./late-screens.ts";
import type { Stage } from "./stage.ts";

/** Lines from the mark that is pointed at, else from the chosen one, to those it is linked with. */
export function Links({ stage, layout }: { stage: Stage; layout: Readable<number> }) {
  const { session, editor, choice, desk } = stage;
  const key = choice.hoverKey ?? choice.activeKey;
  const placed = key === null ? undefined : session.markup.get().byKey.get(key);
  const links = placed ? linksOf(session.codebook, placed, desk.layerOf(placed.author.id)) : [];
  if (!placed || !links.some(({ other }) => other !== null)) return null;
  return <lateLinkLines.Part props={{ placed, links, editor, layout }} />;
}
