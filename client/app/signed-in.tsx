import { useState } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { useMe } from "../api/me.ts";
import { SelfProvider } from "../api/self.tsx";
import { FailureScreen } from "../page/failure-screen.tsx";
import { LoadingScreen } from "../ui/loading-screen.tsx";

/** Lets people in who are signed in; sends others to sign in and back. */
export function SignedIn() {
  const me = useMe();
  const { pathname, search, hash } = useLocation();
  const [wasIn, setWasIn] = useState(false);
  if (me.data && !wasIn) setWasIn(true);

  if (me.data) {
    return (
      <SelfProvider me={me.data}>
        <Outlet />
      </SelfProvider>
    );
  }
  if (me.data === null) {
    const next = encodeURIComponent(pathname + search + hash);
    const to = pathname === "/articles" ? "/sign-in" : `/sign-in?next=${next}`;
    return <Navigate to={to} replace state={{ ended: wasIn }} />;
  }
  if (me.error) return <FailureScreen problem={me.error} retry={() => void me.refetch()} />;
  return <LoadingScreen />;
}
