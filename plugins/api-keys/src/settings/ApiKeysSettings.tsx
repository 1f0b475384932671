import { ApiKeysContent } from '../my-keys/ApiKeysContent';
import { NowProvider } from '../shared/time/useNow';

/** The user's keys as a settings tab. The settings page provides the layout. */
export function ApiKeysSettings() {
  return (
    <NowProvider>
      <ApiKeysContent />
    </NowProvider>
  );
}
