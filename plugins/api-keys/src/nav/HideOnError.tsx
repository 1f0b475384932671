import { Component, PropsWithChildren } from 'react';

/**
 * Error boundary that renders nothing on an error. Backstage has none around the sidebar, where an error would replace
 * the whole app.
 */
export class HideOnError extends Component<
  PropsWithChildren<{}>,
  { failed: boolean }
> {
  static getDerivedStateFromError() {
    return { failed: true };
  }

  readonly state = { failed: false };

  render() {
    return this.state.failed ? null : this.props.children;
  }
}
