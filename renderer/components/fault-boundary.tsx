import { Component, type ReactNode } from 'react';

export interface FaultBoundaryProps {
  readonly children: ReactNode;
  /** Shown in place of the page that failed. */
  readonly fallback: ReactNode;
}

/** A bug in one page ends that page and nothing else: without this, React would take the whole till off the screen. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
