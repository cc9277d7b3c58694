import type { Thread } from "#shared/model/thread.ts";
import { annotate } from "../command/annotate.ts";
import { changeArticle } from "../command/article-change.ts";
import { createArticle, createFromSample, uploadArticle } from "../command/article-create.ts";
import { getArticle, listArticles } from "../command/article-list.ts";
import { currentCodebook, getCodebookVersion, listCodebookVersions } from "../command/codebook.ts";
import { addExample, discardDraft, getDraft, saveDraft } from "../command/codebook-draft.ts";
import { codebookImpact, listCodebookMarks } from "../command/codebook-impact.ts";
import { getAct, listActs, publishDraft, undoAct } from "../command/codebook-publish.ts";
import { createInvite, type Invitation, listInvites, revokeInvite } from "../command/invite.ts";
import { join, lookAtInvite } from "../command/join.ts";
import { getMailChoice, putMailChoice, stopMail } from "../command/mail-choice.ts";
import { addCredentials, changePassword, getMe, patchMe } from "../command/me.ts";
import { changeRole, listMembers, removeMember } from "../command/member.ts";
import { listNotifications, readNotifications } from "../command/notification-list.ts";
import { workspaceNames } from "../command/names.ts";
import { samples } from "../command/sample.ts";
import { firstArticle } from "../command/seed.ts";
import { setup, setupState } from "../command/setup.ts";
import { snapshotOf } from "../command/snapshot.ts";
import {
  addMessage,
  deleteMessage,
  editMessage,
  listThreads,
  resolveThread,
  startThread,
  type Where,
} from "../command/thread.ts";
import { listThreadReads, readThread } from "../command/thread-read.ts";
import { ruleThread, takeBackRuling } from "../command/ruling.ts";
import { addRuledExample, listWaitingRulings } from "../command/ruling-draft.ts";
import { listMarksAgainst } from "../command/ruling-marks.ts";
import { createToken, listTokens, revokeToken } from "../command/token.ts";
import type { Answer, Handlers } from "./call.ts";
import { REVIEW_HANDLERS } from "./review-handlers.ts";
import { SUGGESTION_HANDLERS } from "./suggestion-handlers.ts";

/** One line per endpoint: which command it is, and what the answer takes from it. */
export const HANDLERS: Handlers = {
  ...REVIEW_HANDLERS,
  ...SUGGESTION_HANDLERS,

  getMe: ({ services, who }) => getMe(services, who),
  patchMe: ({ services, who, body }) => patchMe(services, who, body),
  addCredentials: ({ services, who, body }) => addCredentials(services, who, body),
  changePassword: async ({ services, who, body, setCookies }) => {
    setCookies(await changePassword(services, who, body));
    return getMe(services, who);
  },

  getSetup: ({ services, query }) => setupState(services, query.token),
  setup: async ({ services, body, setCookies }) => {
    const id = await setup(services, body);
    setCookies(await services.accounts.startSession(id));
    return { me: await getMe(services, { id }), articleId: await firstArticle(services) };
  },
  signIn: async ({ services, body, setCookies }) => {
    const { userId, cookies } = await services.accounts.signIn(body);
    setCookies(cookies);
    return getMe(services, { id: userId });
  },
  signOut: async ({ services, who, cookie, setCookies }) => {
    if (who.via !== "session") return null;
    setCookies(await services.accounts.endSession({ cookie }));
    services.live.rightsChanged({ credential: who.credential });
    return null;
  },

  listArticles: ({ services, query: { archived, cursor, limit } }) =>
    listArticles(services, { archived: archived === "true", cursor, limit }),
  createArticle: async ({ services, who, body }) => ({ id: await createArticle(services, who.id, body) }),
  uploadArticle: ({ services, who, query: { name, title }, body: bytes }) =>
    uploadArticle(services, who.id, { fileName: name, title, bytes }),
  listSamples: async ({ services }) => ({ items: [...(await samples(services.seedsDir))] }),
  createFromSample: async ({ services, who, params }) => ({
    id: await createFromSample(services, who.id, params.id),
  }),
  getArticle: ({ services, params }) => getArticle(services, params.id),
  patchArticle: ({ services, who, params, body }) => changeArticle(services, who, params.id, body),
  getSnapshot: ({ services, who, params }) => snapshotOf(services, who, params.id),
  addAnnotations: async ({ services, who, params, body }) => ({
    ids: await annotate(services, who, params.id, body.annotations),
  }),
  getCodebook: ({ services }) => currentCodebook(services.database.db),
  listCodebookVersions: async ({ services }) => ({
    items: await listCodebookVersions(services.database.db),
  }),
  getCodebookVersion: ({ services, params }) => getCodebookVersion(services.database.db, params.ref),
  getCodebookDraft: ({ services }) => getDraft(services),
  saveCodebookDraft: ({ services, who, body }) => saveDraft(services, who, body),
  discardCodebookDraft: async ({ services, who, query }) => {
    await discardDraft(services, who, query.revision);
    return null;
  },
  addCodebookExample: ({ services, who, body }) => addExample(services, who, body),
  getCodebookImpact: ({ services }) => codebookImpact(services),
  listCodebookMarks: ({ services, query }) => listCodebookMarks(services, query),
  publishCodebook: ({ services, who, body }) => publishDraft(services, who, body),
  listCodebookActs: async ({ services }) => ({ items: await listActs(services) }),
  getCodebookAct: ({ services, params }) => getAct(services, params.id),
  undoCodebookAct: ({ services, who, params }) => undoAct(services, who, params.id),

  listNames: async ({ services, who }) => {
    const names = await workspaceNames(services, who);
    return { items: names.map((name) => ({ ...name, spellings: [...name.spellings] })) };
  },

  listMembers: async ({ services, who }) => ({ items: await listMembers(services, who) }),
  patchMember: ({ services, params, body }) => changeRole(services, params.id, body.role),
  removeMember: async ({ services, params }) => {
    await removeMember(services, params.id);
    return null;
  },

  listInvites: async ({ services, baseUrl }) => ({
    items: (await listInvites(services)).map((invite) => withUrl(invite, baseUrl)),
  }),
  createInvite: async ({ services, who, body, baseUrl }) =>
    withUrl(await createInvite(services, who, body), baseUrl),
  revokeInvite: async ({ services, params }) => {
    await revokeInvite(services, params.id);
    return null;
  },
  getJoin: ({ services, who, params }) => lookAtInvite(services, who, params.code),
  join: async ({ services, who, params, body, setCookies }) => {
    const { id, isNew, articleId } = await join(services, who, { code: params.code, ...body });
    if (isNew) setCookies(await services.accounts.startSession(id));
    return { me: await getMe(services, { id }), articleId };
  },

  listTokens: async ({ services, who }) => ({ items: await listTokens(services, who.id) }),
  createToken: ({ services, who, body }) => createToken(services, who.id, body.name),
  revokeToken: async ({ services, who, params }) => {
    await revokeToken(services, who.id, params.id);
    return null;
  },

  listThreads: async ({ services, who, params }) => ({
    items: (await listThreads(services, who, params.id)).map(plain),
  }),
  startThread: async ({ services, who, params, body }) =>
    plain(await startThread(services, who, params.id, body)),
  resolveThread: async ({ services, who, params, body }) =>
    plain(await resolveThread(services, who, placeOf(params), body.resolved)),
  addMessage: async ({ services, who, params, body }) =>
    plain(await addMessage(services, who, placeOf(params), body)),
  editMessage: async ({ services, who, params, body }) =>
    plain(await editMessage(services, who, { ...placeOf(params), message: params.message }, body)),
  deleteMessage: async ({ services, who, params }) =>
    plain(await deleteMessage(services, who, { ...placeOf(params), message: params.message })),
  listThreadReads: async ({ services, who, params }) => ({
    items: await listThreadReads(services, who, params.id),
  }),
  readThread: async ({ services, who, params, body }) => {
    await readThread(services, who, { ...placeOf(params), upTo: body.upTo });
    return null;
  },

  ruleThread: async ({ services, who, params, body }) =>
    plain(await ruleThread(services, who, placeOf(params), body)),
  takeBackRuling: async ({ services, who, params }) =>
    plain(await takeBackRuling(services, who, { ...placeOf(params), ruling: params.ruling })),
  listMarksAgainst: ({ services, who, body }) => listMarksAgainst(services, who, body),
  listWaitingRulings: async ({ services }) => ({ items: await listWaitingRulings(services) }),
  addRuledExample: async ({ services, who, params }) => {
    await addRuledExample(services, who, params.ruling);
    return null;
  },

  listNotifications: ({ services, who, query: { cursor, limit } }) =>
    listNotifications(services, who, { cursor, limit }),
  readNotifications: ({ services, who, body }) => readNotifications(services, who, body.ids),
  getMailChoice: ({ services, who }) => getMailChoice(services, who),
  putMailChoice: ({ services, who, body }) => putMailChoice(services, who, body.digest),
  stopMail: async ({ services, query }) => {
    await stopMail(services, query);
    return { stopped: true };
  },
};

function withUrl(invite: Invitation, baseUrl: string): Invitation & { url: string } {
  return { ...invite, url: `${baseUrl}/j/${invite.code}` };
}

function placeOf(params: { readonly id: string; readonly thread: string }): Where {
  return { article: params.id, thread: params.thread };
}

function plain({ messages, ...head }: Thread): Answer<"startThread"> {
  return { ...head, messages: [...messages] };
}
