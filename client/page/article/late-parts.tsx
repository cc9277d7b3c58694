import { Anchor } from "@mantine/core";
import { useCallback } from "react";
import { Link } from "react-router";
import { useCan } from "../../api/self.tsx";
import type { CodebookPlace } from "../../feature/codebook/codebook-panel.tsx";
import type { Command } from "../../feature/commands/command.ts";
import type { useKeyMap } from "../../feature/commands/use-key-map.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { Late } from "./late.tsx";
import type { Screen } from "./use-screen.ts";

const loadPalette = () => import("../../feature/commands/palette.tsx").then((part) => part.Palette);
const loadKeys = () => import("../../feature/commands/key-sheet.tsx").then((part) => part.KeySheet);
const loadCodebook = () =>
  import("../../feature/codebook/codebook-panel.tsx").then((part) => part.CodebookPanel);
const loadShare = () => import("../../feature/share/share-dialog.tsx").then((part) => part.ShareDialog);

/** What opens over the page: none of it is needed to read and mark. */
export function LateParts({
  session,
  screen,
  commands,
  keyMap: [map, setMap],
}: {
  session: ArticleSession;
  screen: Screen;
  commands: readonly Command[];
  keyMap: ReturnType<typeof useKeyMap>;
}) {
  const { setPalette, setKeys, setCodebook, setShare, codebook: place, singleKeys } = screen;
  const closePalette = useCallback(() => setPalette(false), [setPalette]);
  const closeKeys = useCallback(() => setKeys(false), [setKeys]);
  const closeCodebook = useCallback(() => setCodebook(null), [setCodebook]);
  const closeShare = useCallback(() => setShare(false), [setShare]);
  const { codebook, articleId } = session;

  return (
    <>
      <Late
        load={loadPalette}
        wanted={screen.palette}
        props={{ commands, onClose: closePalette }}
        onFailed={closePalette}
      />
      <Late
        load={loadKeys}
        wanted={screen.keys}
        props={{
          commands,
          onClose: closeKeys,
          singleKeys,
          onSingleKeys: screen.setSingleKeys,
          map,
          onMap: setMap,
        }}
        onFailed={closeKeys}
      />
      <Late
        load={loadCodebook}
        wanted={place !== null}
        props={place && { codebook, place, onPlace: setCodebook, page: <CodebookLink place={place} /> }}
        onFailed={closeCodebook}
      />
      <Late
        load={loadShare}
        wanted={screen.share}
        props={{ articleId, opened: true, onClose: closeShare }}
        onFailed={closeShare}
      />
    </>
  );
}

/** Owners change the codebook on its page, others read all of it there. */
function CodebookLink({ place }: { place: CodebookPlace }) {
  const mayWrite = useCan("codebook.write");
  const to = mayWrite && place.kind === "tag" ? `/codebook?at=tags/${place.id}` : "/codebook";
  return (
    <Anchor component={Link} to={to} inherit underline="always">
      {mayWrite ? "Change the codebook" : "All of it on one page"}
    </Anchor>
  );
}
