import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { KeyListState } from '../../hooks/useKeyList';
import { apiKeysTranslationRef } from '../../translation';
import { ApiKeysTable } from '../ApiKeysTable';
import { KeyList } from '../KeyList';
import { StateMessage } from '../StateMessage';

/** The keys of the user, or what there is to say instead of them. */
export const ApiKeysList = (props: {
  state: KeyListState;
  /** What to say if there are none. */
  empty: ReactNode;
  onRetry: () => Promise<void>;
  onLoadMore: () => void;
  onEdit: (apiKey: ApiKey) => void;
  onRevoke: (apiKey: ApiKey) => void;
}) => {
  const { state, empty, onRetry, onLoadMore, onEdit, onRevoke } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  return (
    <KeyList
      state={state}
      texts={{ loading: t('list.loading'), loadFailed: t('list.loadFailed') }}
      empty={empty}
      denied={() => (
        <StateMessage
          title={t('list.deniedTitle')}
          text={t('list.deniedText')}
        />
      )}
      onRetry={onRetry}
      onLoadMore={onLoadMore}
    >
      {(keys, updating) => (
        <ApiKeysTable
          keys={keys}
          updating={updating}
          onEdit={onEdit}
          onRevoke={onRevoke}
        />
      )}
    </KeyList>
  );
};
