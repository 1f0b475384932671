import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyFilter } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { useTranslation } from '../../translations/useTranslation';
import { CsvButton } from './CsvButton';

type ExportButtonProps = { filter: ApiKeyFilter };

/** Button that downloads the keys that match a filter. */
export function ExportButton({ filter }: ExportButtonProps) {
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  return (
    <CsvButton
      load={useCallback(() => api.exportKeys(filter), [api, filter])}
      filename="api-keys.csv"
      advice={t('inventory.exportFailed')}
    />
  );
}
