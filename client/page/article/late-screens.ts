import { lateAccountMenu } from "../../feature/account/account-menu.tsx";
import { lateCard } from "../../feature/margin/late-card.ts";
import { latePart } from "../../ui/late-part.tsx";
import { lateSaveDetail } from "./save-pill.tsx";

/** What stands beside the text, or comes over it, and is not needed for the first look at it. */

export const lateFilters = latePart(async () => (await import("./filters.tsx")).Filters);

export const lateFiltersDrawer = latePart(async () => (await import("./filters-drawer.tsx")).FiltersDrawer);

export const lateToolbar = latePart(async () => (await import("./text-toolbar.tsx")).TextToolbar);

export const lateMarkList = latePart(
  async () => (await import("../../feature/margin/mark-list.tsx")).MarkList,
);

export const lateListSheet = latePart(
  async () => (await import("../../feature/margin/list-sheet.tsx")).ListSheet,
);

export const lateKwic = latePart(async () => (await import("../../feature/kwic/kwic-view.tsx")).KwicView);

export const lateMinimap = latePart(async () => (await import("../../feature/minimap/minimap.tsx")).Minimap);

export const lateExample = latePart(
  async () => (await import("../../feature/codebook/example-dialog.tsx")).ExampleDialog,
);

export const lateCoachMark = latePart(
  async () => (await import("../../feature/annotate/coach-mark.tsx")).CoachMark,
);

export const lateSweepBar = latePart(
  async () => (await import("../../feature/annotate/sweep-bar.tsx")).SweepBar,
);

export const lateSameWords = latePart(
  async () => (await import("../../feature/annotate/same-words-dialog.tsx")).SameWordsDialog,
);

export const lateLabels = latePart(
  async () => (await import("../../feature/margin/article-labels.tsx")).ArticleLabels,
);

export const lateLinkLines = latePart(
  async () => (await import("../../feature/margin/link-lines.tsx")).LinkLines,
);

export const lateEdgeHandles = latePart(
  async () => (await import("../../feature/annotate/edge-handles.tsx")).EdgeHandles,
);

export const latePickBar = latePart(async () => (await import("./pick-bar.tsx")).PickBar);

export const lateFollowBar = latePart(
  async () => (await import("../../feature/people/follow-bar.tsx")).FollowBar,
);

export const lateThreads = latePart(
  async () => (await import("../../feature/threads/thread-layer.tsx")).ThreadLayer,
);

export const lateSuggest = latePart(async () => (await import("./suggest-part.tsx")).SuggestPart);

/** What to have at hand soon after the text: the card first, for a mark opens it. */
export const SOON = [
  lateCard,
  lateEdgeHandles,
  lateFilters,
  lateFiltersDrawer,
  lateToolbar,
  lateLabels,
  lateLinkLines,
  lateMarkList,
  lateListSheet,
  lateMinimap,
  lateKwic,
  lateSweepBar,
  lateSameWords,
  latePickBar,
  lateFollowBar,
  lateSaveDetail,
  lateAccountMenu,
];
