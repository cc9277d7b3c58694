import { suggestionApi } from "../../api/suggestions.ts";
import { Suggesting } from "../../editor/suggesting.ts";
import { Deciding } from "../../feature/suggestions/deciding.ts";
import { SuggestionDesk } from "../../feature/suggestions/desk.ts";
import { Outgoing, sendOutgoing } from "../../feature/suggestions/outgoing.ts";
import { Outbox } from "../../feature/review/outbox.ts";
import type { ShownSuggestion } from "../../api/suggestions.ts";
import type { ArticleSession } from "../../session/contract.ts";
import { standingNow, suggestionsOf } from "../../session/suggestion-store.ts";
import { announce } from "../../ui/announcer.tsx";
import { notify } from "../../ui/notify.ts";
import type { Stage } from "./stage.ts";

/** What suggested changes of an open article rest on. `close` leaves it. */
export type OpenSuggesting = {
  readonly desk: SuggestionDesk;
  readonly deciding: Deciding;
  readonly close: () => void;
};

/** `stage`: the page as it is now. */
export function openSuggesting(session: ArticleSession, stage: () => Stage): OpenSuggesting {
  const api = suggestionApi(session.articleId);
  const complain = (message: string) => notify({ message, tone: "problem" });
  const editor = new Suggesting({
    typing: () => stage().mode === "suggest",
    onInput: (input) => desk.input(input),
    onChoose: (id) => desk.choose(id),
  });
  const desk = new SuggestionDesk({
    session,
    suggestions: suggestionsOf(session),
    editor,
    say: announce,
    show: (position) => stage().editor()?.scrollTo(position),
    outbox: (onSent) =>
      new Outbox<Outgoing, ShownSuggestion>({
        shelf: localStorage,
        prefix: `gloss.suggest.${session.me.id}.${session.articleId}.`,
        schema: Outgoing,
        send: async ([write]) => {
          if (!write) return [];
          const stands = (place: Parameters<typeof standingNow>[1]) =>
            standingNow(session, place).kind === "fresh";
          return [{ ok: true, result: await sendOutgoing(api, write, stands) }];
        },
        onSent: (_write, shown) => onSent(shown),
        onRefused: ({ sentence }) =>
          notify({
            message: `Your suggestion was not taken. ${sentence}`,
            tone: "problem",
            action: { label: "Show", run: () => desk.list(true) },
          }),
      }),
  });
  const deciding = new Deciding({
    desk,
    api,
    apply: (edit) => editor.apply(edit),
    say: announce,
    complain,
  });
  const detach = stage().editor()?.extend(editor.attach);
  // What was drawn before there was a view to draw on.
  desk.redraw();
  return {
    desk,
    deciding,
    close: () => {
      deciding.stop();
      desk.close();
      detach?.();
    },
  };
}
