import { Component, PropsWithChildren } from 'react';

/**
 * Leaves out what cannot be rendered. For the sidebar, which no boundary of Backstage's surrounds: an error there would take the
 * place of the whole app.
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
