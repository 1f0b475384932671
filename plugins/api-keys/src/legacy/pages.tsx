import { Header, Page } from '@backstage/core-components';
import { PropsWithChildren } from 'react';
import { AdminPage } from '../components/AdminPage';
import { ApiKeysPage } from '../components/ApiKeysPage';
import { useTexts } from '../hooks/useTexts';

/** What the new frontend system puts around a page by itself. */
const Framed = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <Page themeId="tool">
    <Header title={title} />
    {children}
  </Page>
);

/** *My API Keys* with its header. */
export const LegacyApiKeysPage = () => {
  const { t } = useTexts();
  return (
    <Framed title={t('places.page')}>
      <ApiKeysPage />
    </Framed>
  );
};

/** *API keys admin* with its header. */
export const LegacyAdminPage = () => {
  const { t } = useTexts();
  return (
    <Framed title={t('places.adminPage')}>
      <AdminPage />
    </Framed>
  );
};
