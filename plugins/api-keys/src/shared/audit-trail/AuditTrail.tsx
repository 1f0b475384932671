import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import { useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { useTranslation } from '../../translations/useTranslation';
import { DEFAULT_TRAIL_FILTERS } from '../filters/trailFilters';
import { PagedList } from '../list/PagedList';
import { AdminDenied } from '../states/AdminDenied';
import { ListEmpty } from '../states/ListEmpty';
import { CsvButton } from '../ui/CsvButton';
import { TrailFilterBar } from './TrailFilterBar';
import { TrailTable } from './TrailTable';
import { useTrail } from './useTrail';
import { useTrailFilters } from './useTrailFilters';

/** Events of all keys, latest first. */
export function AuditTrail() {
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const { filters, setFilters, filter } = useTrailFilters();
  const { state, refresh, loadMore } = useTrail(filter);
  const [clearings, setClearings] = useState(0);
  const load = useCallback(() => api.exportEvents(filter), [api, filter]);

  return (
    <>
      {/* Remounts after a reset, to drop partly typed text. */}
      <TrailFilterBar key={clearings} values={filters} onChange={setFilters} />
      <Box my={2}>
        <CsvButton
          load={load}
          filename="api-key-events.csv"
          advice={t('trail.exportFailed')}
        />
      </Box>
      <section aria-label={t('trail.label')}>
        <PagedList
          state={state}
          texts={{
            loading: t('trail.loading'),
            loadFailed: t('trail.loadFailed'),
            total: count => t('trail.total', { count }),
          }}
          empty={
            <ListEmpty
              texts={{
                emptyTitle: t('trail.emptyTitle'),
                emptyText: t('trail.emptyText'),
                noMatchTitle: t('trail.noMatchTitle'),
                noMatchText: t('trail.noMatchText'),
                clear: t('trail.clear'),
              }}
              filtered={Object.keys(filter).length > 0}
              onClear={() => {
                setFilters(DEFAULT_TRAIL_FILTERS);
                setClearings(clearings + 1);
              }}
            />
          }
          denied={error => <AdminDenied error={error} />}
          onRetry={refresh}
          onLoadMore={loadMore}
        >
          {(events, updating) => (
            <TrailTable
              events={events}
              updating={updating}
              ofKey={filters.keyId}
            />
          )}
        </PagedList>
      </section>
    </>
  );
}
