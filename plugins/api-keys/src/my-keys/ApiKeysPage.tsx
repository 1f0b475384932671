import { Content } from '@backstage/core-components';
import { KeyPage } from '../key/KeyPage';
import { rootRouteRef } from '../routing/routes';
import { useSubPath } from '../routing/useSubPath';
import { NowProvider } from '../shared/time/useNow';
import { DocumentTitle } from '../shared/ui/DocumentTitle';
import { ApiKeysContent } from './ApiKeysContent';
import { ToAdminPage } from './ToAdminPage';

function ListPage() {
  return (
    <>
      <DocumentTitle page="places.page" />
      <ApiKeysContent />
    </>
  );
}

function Routes() {
  const [id, ...below] = useSubPath(rootRouteRef);
  if (!id) return <ListPage />;
  // No key has this id: they are UUIDs.
  if (id === 'admin') {
    return (
      <ToAdminPage below={below}>
        <ListPage />
      </ToAdminPage>
    );
  }
  return below.length === 0 ? <KeyPage id={id} /> : <ListPage />;
}

/** The content of the page *My API Keys* and of the page of each key. Their header belongs to the app. */
export function ApiKeysPage() {
  return (
    <Content>
      <NowProvider>
        <Routes />
      </NowProvider>
    </Content>
  );
}
