import { Header, Page } from '@backstage/core-components';
import { PropsWithChildren } from 'react';
import { AdminPage } from '../admin/AdminPage';
import { ApiKeysPage } from '../my-keys/ApiKeysPage';
import { useTranslation } from '../translations/useTranslation';

/** Adds the page and header that the new frontend system provides itself. */
function PageWithHeader({
  title,
  children,
}: PropsWithChildren<{ title: string }>) {
  return (
    <Page themeId="tool">
      <Header title={title} />
      {children}
    </Page>
  );
}

/** *My API Keys* with its header. */
export function LegacyApiKeysPage() {
  const { t } = useTranslation();
  return (
    <PageWithHeader title={t('places.page')}>
      <ApiKeysPage />
    </PageWithHeader>
  );
}

/** *API keys admin* with its header. */
export function LegacyAdminPage() {
  const { t } = useTranslation();
  return (
    <PageWithHeader title={t('places.adminPage')}>
      <AdminPage />
    </PageWithHeader>
  );
}
