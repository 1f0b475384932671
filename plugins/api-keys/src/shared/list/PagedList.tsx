import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Fragment, ReactNode } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { isNotAllowed } from '../data/errors';
import { LoadError } from '../states/LoadError';
import { PagedListState } from './usePagedList';

type ReadyState<Item> = Extract<PagedListState<Item>, { status: 'ready' }>;

type LoadingProps = { label: string };

function Loading({ label }: LoadingProps) {
  return (
    <Box p={2} role="status" aria-label={label}>
      <Skeleton height={48} />
      <Skeleton height={48} />
      <Skeleton height={48} />
    </Box>
  );
}

type FooterProps<Item> = {
  state: ReadyState<Item>;
  /** Formats the number of items. */
  total: (count: number) => string;
  onLoadMore: () => void;
};

function Footer<Item>(props: FooterProps<Item>) {
  const { state, total, onLoadMore } = props;
  const { t } = useTranslation();
  const { items, totalItems, totalIsCapped, hasMore, loadingMore } = state;
  const shown = total(totalItems);
  const all = totalIsCapped ? t('list.moreThan', { total: shown }) : shown;
  return (
    <Box p={2} display="flex" alignItems="center" justifyContent="center">
      <Typography variant="body2" color="textSecondary">
        {hasMore
          ? t('list.shown', {
              shown: `${items.length}`,
              total: all,
            })
          : all}
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
}

type PagedListProps<Item> = {
  state: PagedListState<Item>;
  texts: {
    loading: string;
    loadFailed: string;
    total: (count: number) => string;
  };
  /** Shown if there are none. */
  empty: ReactNode;
  /** Renders the error of a missing permission. */
  denied: (error: Error) => ReactNode;
  onRetry: () => Promise<void>;
  onLoadMore: () => void;
  /** Set within a card. */
  bare?: boolean;
  /** @param updating - true while other items are loading */
  children: (items: Item[], updating: boolean) => ReactNode;
};

/** Items of a paged list, or its loading, empty, denied or error state. */
export function PagedList<Item>(props: PagedListProps<Item>) {
  const { state, texts, empty, denied, onRetry, onLoadMore, children } = props;
  const Frame = props.bare ? Fragment : Paper;
  const { t } = useTranslation();
  const loading = <Loading label={texts.loading} />;

  if (state.status === 'loading') {
    return <Frame>{loading}</Frame>;
  }
  if (state.status === 'failed') {
    const { error } = state;
    return isNotAllowed(error) ? (
      <Frame>{denied(error)}</Frame>
    ) : (
      <LoadError title={texts.loadFailed} error={error} onRetry={onRetry} />
    );
  }
  // Before the response, an empty list does not mean that nothing matches the new filter.
  const emptyOrLoading = state.updating ? loading : empty;
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
      <Frame>
        {state.items.length === 0 ? (
          emptyOrLoading
        ) : (
          <>
            {children(state.items, state.updating)}
            <Footer state={state} total={texts.total} onLoadMore={onLoadMore} />
          </>
        )}
      </Frame>
    </>
  );
}
