import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { PagedListState } from '../../hooks/usePagedList';
import { useTexts } from '../../hooks/useTexts';
import { KeyAction } from '../../lib/keyActions';
import { ApiKeysTable } from '../ApiKeysTable';
import { PagedList } from '../PagedList';
import { StateMessage } from '../StateMessage';

/** The keys of the user, or what there is to say instead of them. */
export const ApiKeysList = (props: {
  state: PagedListState<ApiKey>;
  /** What to say if there are none. */
  empty: ReactNode;
  onRetry: () => Promise<void>;
  onLoadMore: () => void;
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
}) => {
  const { state, empty, onRetry, onLoadMore, onAction } = props;
  const { t } = useTexts();
  return (
    <PagedList
      state={state}
      texts={{
        loading: t('list.loading'),
        loadFailed: t('list.loadFailed'),
        total: count => t('list.total', { count }),
      }}
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
        <ApiKeysTable keys={keys} updating={updating} onAction={onAction} />
      )}
    </PagedList>
  );
};
