import { Content } from '@backstage/core-components';
import { NowProvider } from '../../hooks/useNow';
import { ApiKeysContent } from './ApiKeysContent';

/** The content of the page *My API Keys*. Its header belongs to the app. */
export const ApiKeysPage = () => (
  <Content>
    <NowProvider>
      <ApiKeysContent />
    </NowProvider>
  </Content>
);
