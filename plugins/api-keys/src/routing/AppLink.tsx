import { useAnalytics } from '@backstage/core-plugin-api';
import { AnchorHTMLAttributes, forwardRef, MouseEvent } from 'react';
import { Link as ReactRouterLink } from 'react-router-dom';
import { useAppHistory, useHasAppHistory } from './appHistory';

export type AppLinkProps = Omit<
  AnchorHTMLAttributes<HTMLAnchorElement>,
  'href'
> & {
  /** Path within the app, or `?…`. */
  to: string;
};

const HistoryLink = forwardRef<HTMLAnchorElement, AppLinkProps>(
  function HistoryLinkWithRef({ to, onClick, children, ...props }, ref) {
    const history = useAppHistory();
    return (
      <a
        {...props}
        ref={ref}
        href={history.createHref(to)}
        onClick={event => {
          onClick?.(event);
          if (!opensInSameTab(event)) return;
          event.preventDefault();
          history.navigate(to);
        }}
      >
        {children}
      </a>
    );
  },
);

/**
 * A link within the app, for the `component` prop of links, buttons and menu items. It reports clicks to analytics like
 * Backstage's links.
 */
export const AppLink = forwardRef<HTMLAnchorElement, AppLinkProps>(
  function AppLinkWithRef({ onClick, ...props }, ref) {
    const { to } = props;
    const analytics = useAnalytics();
    const Anchor = useHasAppHistory() ? HistoryLink : ReactRouterLink;
    return (
      <Anchor
        {...props}
        ref={ref}
        onClick={event => {
          onClick?.(event);
          analytics.captureEvent(
            'click',
            event.currentTarget.textContent?.trim() || to,
            { attributes: { to } },
          );
        }}
      />
    );
  },
);

/** Returns true for a click that opens the link in the same tab. */
function opensInSameTab(event: MouseEvent<HTMLAnchorElement>): boolean {
  const { target } = event.currentTarget;
  return (
    !event.defaultPrevented &&
    event.button === 0 &&
    !(event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) &&
    (!target || target === '_self')
  );
}
