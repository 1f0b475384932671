import { useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { EmptyState } from '../shared/states/EmptyState';
import { useTranslation } from '../translations/useTranslation';
import { CreateKeyButton } from './CreateKeyButton';

type NoKeysProps = { onCreate: () => void };

/** Empty state of the list: leads to the first key, or says why the user can have none, and make none for a team either. */
export function NoKeys({ onCreate }: NoKeysProps) {
  const api = useApi(apiKeysApiRef);
  const { t } = useTranslation();
  // Without an answer the dialog says what is wrong.
  const { value: policy } = useAsync(() => api.getPolicy(), [api]);
  const reason = policy?.owners.length === 1 && policy.cannotCreateReason;
  return (
    <EmptyState
      title={t('list.emptyTitle')}
      text={
        reason ? `${t('create.impossible')} ${reason}` : t('list.emptyText')
      }
      action={reason ? undefined : <CreateKeyButton onClick={onCreate} />}
    />
  );
}
