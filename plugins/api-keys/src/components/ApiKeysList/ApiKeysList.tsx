import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { ApiKeysState } from '../../hooks/useApiKeys';
import { isNotAllowed } from '../../lib/errors';
import { apiKeysTranslationRef } from '../../translation';
import { ApiKeysTable } from '../ApiKeysTable';
import { LoadError } from '../LoadError';
import { StateMessage } from '../StateMessage';

type ReadyState = Extract<ApiKeysState, { status: 'ready' }>;

type Handlers = {
  onRetry: () => Promise<void>;
  onLoadMore: () => void;
  onEdit: (apiKey: ApiKey) => void;
  onRevoke: (apiKey: ApiKey) => void;
};

const Loading = () => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  return (
    <Box p={2} role="status" aria-label={t('list.loading')}>
      <Skeleton height={48} />
      <Skeleton height={48} />
      <Skeleton height={48} />
    </Box>
  );
};

const Footer = ({
  state,
  onLoadMore,
}: {
  state: ReadyState;
  onLoadMore: () => void;
}) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const { keys, totalItems, hasMore, loadingMore } = state;
  return (
    <Box p={2} display="flex" alignItems="center" justifyContent="center">
      <Typography variant="body2" color="textSecondary">
        {hasMore
          ? t('list.shown', { shown: `${keys.length}`, total: `${totalItems}` })
          : t('list.total', { count: totalItems })}
      </Typography>
      {hasMore && (
        <Box ml={2}>
          <Button
            variant="outlined"
            size="small"
            disabled={loadingMore}
            onClick={onLoadMore}
          >
            {t('list.loadMore')}
          </Button>
        </Box>
      )}
    </Box>
  );
};

/** The keys, or what there is to say instead of them. */
export const ApiKeysList = (
  props: Handlers & {
    state: ApiKeysState;
    /** What to say if there are none. */
    empty: ReactNode;
  },
) => {
  const { state, empty, onRetry, onLoadMore, onEdit, onRevoke } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);

  if (state.status === 'loading') {
    return (
      <Paper>
        <Loading />
      </Paper>
    );
  }
  if (state.status === 'failed') {
    return isNotAllowed(state.error) ? (
      <Paper>
        <StateMessage
          title={t('list.deniedTitle')}
          text={t('list.deniedText')}
        />
      </Paper>
    ) : (
      <LoadError
        title={t('list.loadFailed')}
        error={state.error}
        onRetry={onRetry}
      />
    );
  }
  // Whether nothing matches the new filter is not known before its answer.
  const emptyOrLoading = state.updating ? <Loading /> : empty;
  return (
    <>
      {state.refreshError && (
        <Box mb={2}>
          <LoadError
            title={t('list.refreshFailed')}
            severity="warning"
            error={state.refreshError}
            onRetry={onRetry}
          />
        </Box>
      )}
      <Paper>
        {state.keys.length === 0 ? (
          emptyOrLoading
        ) : (
          <>
            <ApiKeysTable
              keys={state.keys}
              updating={state.updating}
              onEdit={onEdit}
              onRevoke={onRevoke}
            />
            <Footer state={state} onLoadMore={onLoadMore} />
          </>
        )}
      </Paper>
    </>
  );
};
