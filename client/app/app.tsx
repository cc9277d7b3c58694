import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { BrowserRouter, useLocation } from "react-router";
import { Announcer } from "../ui/announcer.tsx";
import { cssVariablesResolver, theme } from "../ui/theme.ts";
import { Toaster } from "../ui/toaster.tsx";
import { colorSchemeManager } from "./color-scheme.ts";
import { CrashBoundary } from "./crash-boundary.tsx";
import { useRouteFocus } from "./route-focus.ts";
import { Pages } from "./router.tsx";

/** The pages and everything they stand in: colours, server data, addresses, messages. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Screen />
          <Toaster />
          <Announcer />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** A mistake in one page ends with that page: going to another address starts afresh. */
function Screen() {
  useRouteFocus();
  const { pathname } = useLocation();
  return (
    <CrashBoundary key={pathname}>
      <Pages />
    </CrashBoundary>
  );
}
