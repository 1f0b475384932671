import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { API_SCOPE_PREFIX, apiScopeOf } from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { isNotAllowed } from '../shared/data/errors';
import { LoadError } from '../shared/states/LoadError';
import { useTranslation } from '../translations/useTranslation';
import { ApiAccess } from './ApiAccess';
import { ScopeHolders } from './ScopeHolders';
import { useCanSeeScopeHolders } from './useScopeHolders';

function Card({ scope, secretPrefix }: ScopeProps) {
  const { t } = useTranslation();
  const seesHolders = useCanSeeScopeHolders(scope);
  return (
    <EntityInfoCard title={t('apiAccess.title')}>
      <ApiAccess scope={scope} secretPrefix={secretPrefix} />
      {seesHolders && <ScopeHolders scope={scope} />}
    </EntityInfoCard>
  );
}

type ScopeProps = { scope: string; secretPrefix: string };

/**
 * Entity card of an API: how to get a key and, for owners of the API, which keys exist. Empty for other entities, and
 * if APIs are not offered as scopes.
 */
export function EntityApiScopeCard() {
  const { t } = useTranslation();
  const { entity } = useEntity();
  const api = useApi(apiKeysApiRef);
  const scope = apiScopeOf(stringifyEntityRef(entity));
  const isApi = scope.startsWith(API_SCOPE_PREFIX);
  const policy = useAsyncRetry(
    async () => (isApi ? api.getPolicy() : undefined),
    [api, isApi],
  );
  const { value, error, retry } = policy;
  if (error && !isNotAllowed(error)) {
    return (
      <EntityInfoCard title={t('apiAccess.title')}>
        <LoadError
          title={t('apiAccess.loadFailed')}
          error={error}
          onRetry={async () => retry()}
        />
      </EntityInfoCard>
    );
  }
  if (!value?.scopes.catalogApis) return null;
  return <Card scope={scope} secretPrefix={value.secretPrefix} />;
}
