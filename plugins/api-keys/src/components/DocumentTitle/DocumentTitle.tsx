import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { useLayoutEffect } from 'react';
import { PageTitleKey, usePageTitle } from '../../hooks/usePageTitle';

/** Sets the title of the document, by which tabs and the history of a browser are told apart, for as long as the page is there. */
export const DocumentTitle = (props: {
  page: PageTitleKey;
  /** Which part of the page is shown. */
  part?: string;
}) => {
  const { page, part } = props;
  const pageTitle = usePageTitle(page);
  const appTitle =
    useApi(configApiRef).getOptionalString('app.title') || 'Backstage';
  const title = [part, pageTitle, appTitle].filter(Boolean).join(' | ');
  useLayoutEffect(() => {
    const set = () => {
      document.title = title;
    };
    set();
    // Headers of the old frontend system set one of their own, in the frame after they were rendered.
    const frame = requestAnimationFrame(set);
    return () => {
      cancelAnimationFrame(frame);
      // Not every page of an app sets one.
      document.title = appTitle;
    };
  }, [title, appTitle]);
  return null;
};
