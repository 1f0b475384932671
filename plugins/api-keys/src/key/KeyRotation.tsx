import { ApiKey } from 'backstage-plugin-api-keys-common';
import { Loaded } from '../shared/data/useResource';
import { LoadError } from '../shared/states/LoadError';
import { useTranslation } from '../translations/useTranslation';
import { KeySection } from './KeySection';
import { KeyFamily } from './rotation/KeyFamily';

type KeyRotationProps = {
  apiKey: ApiKey;
  family: Loaded<ApiKey[]>;
};

/** Predecessors and successors of the key; hidden if there are none. */
export function KeyRotation(props: KeyRotationProps) {
  const { apiKey, family } = props;
  const { value: keys = [], error, refresh } = family;
  const { t } = useTranslation();
  const hasOthers = keys.some(({ id }) => id !== apiKey.id);
  if (!hasOthers && !error) return null;
  return (
    <KeySection title={t('keyFamily.title')}>
      {error && (
        <LoadError
          title={t(
            hasOthers ? 'keyPage.refreshFailed' : 'keyFamily.loadFailed',
          )}
          severity={hasOthers ? 'warning' : 'error'}
          error={error}
          onRetry={refresh}
        />
      )}
      {hasOthers && <KeyFamily keys={keys} hereId={apiKey.id} />}
    </KeySection>
  );
}
