import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { KeyAction } from '../key/dialogs/keyActions';
import { PagedList } from '../shared/list/PagedList';
import { PagedListState } from '../shared/list/usePagedList';
import { EmptyState } from '../shared/states/EmptyState';
import { useTranslation } from '../translations/useTranslation';
import { ApiKeysTable } from './table/ApiKeysTable';

type ApiKeysListProps = {
  state: PagedListState<ApiKey>;
  /** Shown if there are none. */
  empty: ReactNode;
  onRetry: () => Promise<void>;
  onLoadMore: () => void;
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
};

/** The user's keys, or a message in their place. */
export function ApiKeysList(props: ApiKeysListProps) {
  const { state, empty, onRetry, onLoadMore, onAction } = props;
  const { t } = useTranslation();
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
        <EmptyState title={t('list.deniedTitle')} text={t('list.deniedText')} />
      )}
      onRetry={onRetry}
      onLoadMore={onLoadMore}
    >
      {(keys, updating) => (
        <ApiKeysTable keys={keys} updating={updating} onAction={onAction} />
      )}
    </PagedList>
  );
}
