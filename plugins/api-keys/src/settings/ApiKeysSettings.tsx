import { ApiKeysContent } from '../my-keys/ApiKeysContent';
import { NowProvider } from '../shared/time/useNow';

/** The user's keys as a tab of the settings. What a page needs around it belongs to the settings. */
export function ApiKeysSettings() {
  return (
    <NowProvider>
      <ApiKeysContent />
    </NowProvider>
  );
}
