import { Content } from '@backstage/core-components';
import { Route, Routes } from 'react-router-dom';
import { NowProvider } from '../../hooks/useNow';
import { KeyPage } from '../KeyPage';
import { ApiKeysContent } from './ApiKeysContent';

/** The content of the page *My API Keys* and of the page of each key. Their header belongs to the app. */
export const ApiKeysPage = () => (
  <Content>
    <NowProvider>
      <Routes>
        <Route path="/:id" element={<KeyPage />} />
        <Route path="/*" element={<ApiKeysContent />} />
      </Routes>
    </NowProvider>
  </Content>
);
