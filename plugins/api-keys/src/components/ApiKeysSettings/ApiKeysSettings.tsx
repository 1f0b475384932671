import { NowProvider } from '../../hooks/useNow';
import { ApiKeysContent } from '../ApiKeysPage/ApiKeysContent';

/** The user's keys as a tab of the settings. What a page needs around it belongs to the settings. */
export const ApiKeysSettings = () => (
  <NowProvider>
    <ApiKeysContent />
  </NowProvider>
);
