import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ApiKeyFilter } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api';
import { apiKeysTranslationRef } from '../../translation';
import { CsvButton } from './CsvButton';

/** Downloads the keys that pass a filter. */
export const ExportButton = ({ filter }: { filter: ApiKeyFilter }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const api = useApi(apiKeysApiRef);
  return (
    <CsvButton
      load={useCallback(() => api.exportKeys(filter), [api, filter])}
      filename="api-keys.csv"
      advice={t('inventory.exportFailed')}
    />
  );
};
