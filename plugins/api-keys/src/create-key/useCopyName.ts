import { useApi } from '@backstage/core-plugin-api';
import {
  API_KEY_PAGE_SIZE_MAX,
  ApiKey,
} from 'backstage-plugin-api-keys-common';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { useTranslation } from '../translations/useTranslation';
import { copyName, splitCopyName } from './copyName';

/**
 * Suggests a name for a copy that no other key of the user has. Names need not be unique, so the name of a first copy
 * will do while the others are unknown.
 */
export function useCopyName(from: ApiKey | undefined): string {
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const word = t('create.copyWord');
  const name = from?.name;
  const others = useAsync(async () => {
    if (name === undefined) return [];
    const { items } = await api.listKeys({
      q: splitCopyName(name, word).stem,
      limit: API_KEY_PAGE_SIZE_MAX,
    });
    return items.map(key => key.name);
  }, [api, name, word]);
  return name === undefined ? '' : copyName(name, others.value ?? [], word);
}
