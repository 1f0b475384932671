import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import GetAppIcon from '@material-ui/icons/GetApp';
import { ApiKeyFilter } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api';
import { useSubmit } from '../../hooks/useSubmit';
import { download } from '../../lib/download';
import { apiKeysTranslationRef } from '../../translation';
import { SubmitError } from '../SubmitError';

/** Downloads the keys that pass a filter. */
export const ExportButton = ({ filter }: { filter: ApiKeyFilter }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const api = useApi(apiKeysApiRef);
  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      download(await api.exportKeys(filter), 'api-keys.csv');
    }, [api, filter]),
  );
  return (
    <div>
      <Button
        variant="outlined"
        startIcon={<GetAppIcon />}
        disabled={busy}
        onClick={submit}
      >
        {t('inventory.exportCsv')}
      </Button>
      <SubmitError error={error} advice={t('inventory.exportFailed')} />
    </div>
  );
};
