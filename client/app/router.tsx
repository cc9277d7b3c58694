import { createBrowserRouter, redirect, type RouteObject } from "react-router";
import { DoorFrame, MemberFrame } from "../page/frame.tsx";
import { NotFoundPage } from "../page/not-found-page.tsx";
import { CrashScreen } from "./crash-screen.tsx";
import { LoadingScreen } from "./loading-screen.tsx";
import { Root } from "./root.tsx";
import { SignedIn } from "./signed-in.tsx";

export type AppRouter = ReturnType<typeof createBrowserRouter>;

/** All addresses of the client. Each page is loaded when somebody goes there. */
export const routes: RouteObject[] = [
  {
    element: <Root />,
    errorElement: <CrashScreen />,
    hydrateFallbackElement: <LoadingScreen />,
    children: [
      { path: "/", loader: () => redirect("/articles") },
      {
        element: <DoorFrame />,
        children: [
          {
            path: "/setup",
            lazy: async () => ({ Component: (await import("../page/setup-page.tsx")).SetupPage }),
          },
          {
            path: "/sign-in",
            lazy: async () => ({ Component: (await import("../page/sign-in-page.tsx")).SignInPage }),
          },
          {
            path: "/j/:code",
            lazy: async () => ({ Component: (await import("../page/join-page.tsx")).JoinPage }),
          },
        ],
      },
      {
        element: <SignedIn />,
        children: [
          {
            path: "/articles/:id",
            lazy: async () => ({
              Component: (await import("../page/article/article-page.tsx")).ArticlePage,
            }),
          },
          {
            element: <MemberFrame />,
            children: [
              {
                path: "/articles",
                lazy: async () => ({ Component: (await import("../page/articles-page.tsx")).ArticlesPage }),
              },
              {
                path: "/members",
                lazy: async () => ({ Component: (await import("../page/members-page.tsx")).MembersPage }),
              },
              {
                path: "/account",
                lazy: async () => ({ Component: (await import("../page/account-page.tsx")).AccountPage }),
              },
            ],
          },
        ],
      },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];

export function createAppRouter(): AppRouter {
  return createBrowserRouter(routes);
}
