import { coreExtensionData, useAppNode } from '@backstage/frontend-plugin-api';
import { useTranslation } from '../../translations/useTranslation';

/** Messages that are page titles. */
export type PageTitleKey = 'places.page' | 'places.adminPage';

/** Returns the page title from the app's configuration, or the default. */
export function usePageTitle(key: PageTitleKey): string {
  const { t } = useTranslation();
  const extension = useAppNode()?.instance;
  const { title, titleTranslation } = coreExtensionData;
  // Older apps do not translate titles.
  const isTranslated =
    titleTranslation && extension?.getData(titleTranslation) !== undefined;
  return (!isTranslated && extension?.getData(title)) || t(key);
}
