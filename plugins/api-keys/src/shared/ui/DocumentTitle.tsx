import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';
import { PageTitleKey, usePageTitle } from './usePageTitle';

/**
 * How long a title has to rest before it is set: the plugin of notifications may bring a former title back when two follow
 * each other within 100 milliseconds. Headers of the old frontend system have set theirs by then.
 */
const REST_MS = 150;

/** How often the title is set again if it was replaced. */
const CHECK_INTERVAL_MS = 1000;

/** How long the next page has to set a title of its own, after the last page of the plugin. */
const RESET_AFTER_MS = 500;

let pendingReset: ReturnType<typeof setTimeout> | undefined;

/** Takes away the number of unread notifications, which their plugin puts in front. */
const withoutCount = (title: string) => title.replace(/^\(\d+\) /, '');

type DocumentTitleProps = {
  page: PageTitleKey;
  /** Which part of the page is shown. */
  part?: string;
};

/** Sets the title of the document, by which tabs and the history of a browser are told apart, for as long as the page is there. */
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
      // Not every page of an app sets a title.
      pendingReset = setTimeout(() => {
        if (isShown()) document.title = appTitle;
      }, RESET_AFTER_MS);
    };
  }, [title, appTitle]);
  return null;
}
