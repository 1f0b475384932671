import { useApi } from '@backstage/core-plugin-api';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { EmptyState } from '../shared/states/EmptyState';
import { useTranslation } from '../translations/useTranslation';
import { CreateKeyButton } from './CreateKeyButton';

type NoKeysProps = { onCreate: () => void };

/** Empty state of the list: offers the first key, or explains why the user cannot create any. */
export function NoKeys({ onCreate }: NoKeysProps) {
  const api = useApi(apiKeysApiRef);
  const { t } = useTranslation();
  // On an error, the button stays and the dialog shows the error.
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
