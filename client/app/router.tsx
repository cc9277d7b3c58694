import { type ComponentType, lazy, Suspense } from "react";
import { matchPath, Navigate, useRoutes } from "react-router";
import { DoorFrame, MemberFrame } from "../page/frame.tsx";
import { NotFoundPage } from "../page/not-found-page.tsx";
import { LoadingScreen } from "../ui/loading-screen.tsx";
import { SignedIn } from "./signed-in.tsx";

/** Each page is loaded when somebody goes there, or at once when the browser starts there. */
const LOAD = {
  "/setup": async () => (await import("../page/setup-page.tsx")).SetupPage,
  "/sign-in": async () => (await import("../page/sign-in-page.tsx")).SignInPage,
  "/j/:code": async () => (await import("../page/join-page.tsx")).JoinPage,
  "/mail-off": async () => (await import("../page/mail-off-page.tsx")).MailOffPage,
  "/articles": async () => (await import("../page/articles-page.tsx")).ArticlesPage,
  "/articles/:id": async () => (await import("../page/article/article-page.tsx")).ArticlePage,
  "/codebook": async () => (await import("../page/codebook-page.tsx")).CodebookPage,
  "/members": async () => (await import("../page/members-page.tsx")).MembersPage,
  "/account": async () => (await import("../page/account-page.tsx")).AccountPage,
} as const satisfies Record<string, () => Promise<ComponentType>>;

type Path = keyof typeof LOAD;

const SetupPage = page("/setup");
const SignInPage = page("/sign-in");
const JoinPage = page("/j/:code");
const MailOffPage = page("/mail-off");
const ArticlesPage = page("/articles");
const ArticlePage = page("/articles/:id");
const CodebookPage = page("/codebook");
const MembersPage = page("/members");
const AccountPage = page("/account");

/** Begins to load the page of an address, beside everything else that starts. */
export function preload(pathname: string): void {
  for (const [path, load] of Object.entries(LOAD)) {
    // A failure shows where the page is wanted, so it needs no answer here.
    if (matchPath(path, pathname)) load().catch(() => undefined);
  }
}

/** All addresses of the client. */
export function Pages() {
  const element = useRoutes([
    { path: "/", element: <Navigate to="/articles" replace /> },
    {
      element: <DoorFrame />,
      children: [
        { path: "/setup", element: <SetupPage /> },
        { path: "/sign-in", element: <SignInPage /> },
        { path: "/j/:code", element: <JoinPage /> },
        { path: "/mail-off", element: <MailOffPage /> },
      ],
    },
    {
      element: <SignedIn />,
      children: [
        { path: "/articles/:id", element: <ArticlePage /> },
        {
          element: <MemberFrame />,
          children: [
            { path: "/articles", element: <ArticlesPage /> },
            { path: "/codebook", element: <CodebookPage /> },
            { path: "/members", element: <MembersPage /> },
            { path: "/account", element: <AccountPage /> },
          ],
        },
      ],
    },
    { path: "*", element: <NotFoundPage /> },
  ]);
  return <Suspense fallback={<LoadingScreen />}>{element}</Suspense>;
}

function page(path: Path) {
  return lazy(async () => ({ default: await LOAD[path]() }));
}
