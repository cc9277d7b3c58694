import { Component, type ReactNode } from "react";
import { CrashScreen } from "./crash-screen.tsx";

type State = { readonly failure: { readonly error: unknown } | null };

/** Shows a screen with a way on where a page has thrown. */
export class CrashBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    return failure ? <CrashScreen error={failure.error} /> : this.props.children;
  }
}
