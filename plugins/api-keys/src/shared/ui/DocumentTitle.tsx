import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';
import { PageTitleKey, usePageTitle } from './usePageTitle';

/**
 * Delay before the title is set: the notifications plugin can restore a former title when two follow each other within
 * 100 milliseconds. Headers of the old frontend system have set theirs by then.
 */
const REST_MS = 150;

/** Interval of checks for a replaced title. */
const CHECK_INTERVAL_MS = 1000;

/** Time for the next page to set its own title, after leaving the plugin. */
const RESET_AFTER_MS = 500;

let pendingReset: ReturnType<typeof setTimeout> | undefined;

/** Removes the number of unread notifications, which their plugin prepends. */
const withoutCount = (title: string) => title.replace(/^\(\d+\) /, '');

type DocumentTitleProps = {
  page: PageTitleKey;
  /** Name of the shown part of the page. */
  part?: string;
};

/** Sets the document title while mounted. */
export function DocumentTitle(props: DocumentTitleProps) {
  const { page, part } = props;
  const pageTitle = usePageTitle(page);
  const appTitle =
    useApi(configApiRef).getOptionalString('app.title') || 'Backstage';
  const title = [part, pageTitle, appTitle].filter(Boolean).join(' | ');
  useEffect(() => {
    const isShown = () => withoutCount(document.title) === title;
    clearTimeout(pendingReset);
    const show = () => {
      if (!isShown()) document.title = title;
    };
    const first = setTimeout(show, REST_MS);
    const checks = setInterval(show, CHECK_INTERVAL_MS);
    return () => {
      clearTimeout(first);
      clearInterval(checks);
      // Other pages may not set a title.
      pendingReset = setTimeout(() => {
        if (isShown()) document.title = appTitle;
      }, RESET_AFTER_MS);
    };
  }, [title, appTitle]);
  return null;
}
