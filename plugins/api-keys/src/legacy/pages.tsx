import { Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { PropsWithChildren } from 'react';
import { AdminPage } from '../components/AdminPage';
import { ApiKeysPage } from '../components/ApiKeysPage';
import { apiKeysTranslationRef } from '../translation';

/** What the new frontend system puts around a page by itself. */
const Framed = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <Page themeId="tool">
    <Header title={title} />
    {children}
  </Page>
);

/** *My API Keys* with its header. */
export const LegacyApiKeysPage = () => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  return (
    <Framed title={t('places.page')}>
      <ApiKeysPage />
    </Framed>
  );
};

/** *API keys admin* with its header. */
export const LegacyAdminPage = () => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  return (
    <Framed title={t('places.adminPage')}>
      <AdminPage />
    </Framed>
  );
};
