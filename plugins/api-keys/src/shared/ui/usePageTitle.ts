import { coreExtensionData, useAppNode } from '@backstage/frontend-plugin-api';
import { useTranslation } from '../../translations/useTranslation';

/** The messages that are titles of pages. */
export type PageTitleKey = 'places.page' | 'places.adminPage';

/** Returns the title in the header of the page: the one that the app has given it in its configuration, or our own. */
export function usePageTitle(key: PageTitleKey): string {
  const { t } = useTranslation();
  const extension = useAppNode()?.instance;
  const { title, titleTranslation } = coreExtensionData;
  // Older apps do not translate titles.
  const isTranslated =
    titleTranslation && extension?.getData(titleTranslation) !== undefined;
  return (!isTranslated && extension?.getData(title)) || t(key);
}
