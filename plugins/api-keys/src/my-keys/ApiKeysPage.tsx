import { Content } from '@backstage/core-components';
import { KeyPage } from '../key/KeyPage';
import { rootRouteRef } from '../routing/routes';
import { useSubPath } from '../routing/useSubPath';
import { NowProvider } from '../shared/time/useNow';
import { DocumentTitle } from '../shared/ui/DocumentTitle';
import { ApiKeysContent } from './ApiKeysContent';
import { AdminPageRedirect } from './AdminPageRedirect';

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
  // Cannot clash with a key id, which is a UUID.
  if (id === 'admin') {
    return (
      <AdminPageRedirect below={below}>
        <ListPage />
      </AdminPageRedirect>
    );
  }
  return below.length === 0 ? <KeyPage id={id} /> : <ListPage />;
}

/** The pages *My API Keys* and of a single key. The app provides their header. */
export function ApiKeysPage() {
  return (
    <Content>
      <NowProvider>
        <Routes />
      </NowProvider>
    </Content>
  );
}
