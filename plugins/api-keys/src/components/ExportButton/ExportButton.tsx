import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyFilter } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api';
import { useTexts } from '../../hooks/useTexts';
import { CsvButton } from './CsvButton';

/** Downloads the keys that pass a filter. */
export const ExportButton = ({ filter }: { filter: ApiKeyFilter }) => {
  const { t } = useTexts();
  const api = useApi(apiKeysApiRef);
  return (
    <CsvButton
      load={useCallback(() => api.exportKeys(filter), [api, filter])}
      filename="api-keys.csv"
      advice={t('inventory.exportFailed')}
    />
  );
};
