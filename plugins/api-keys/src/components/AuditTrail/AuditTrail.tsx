import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import { useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api';
import { useTexts } from '../../hooks/useTexts';
import { useTrail } from '../../hooks/useTrail';
import { DEFAULT_TRAIL_FILTERS } from '../../lib/trailFilters';
import { AdminDenied } from '../AdminDenied';
import { CsvButton } from '../ExportButton';
import { ListEmpty } from '../ListEmpty';
import { PagedList } from '../PagedList';
import { TrailFilterBar } from './TrailFilterBar';
import { TrailTable } from './TrailTable';
import { useTrailFilters } from './useTrailFilters';

/** What happened to everybody's keys, latest first. */
export const AuditTrail = () => {
  const { t } = useTexts();
  const api = useApi(apiKeysApiRef);
  const { filters, setFilters, filter } = useTrailFilters();
  const { state, refresh, loadMore } = useTrail(filter);
  const [clearings, setClearings] = useState(0);
  const load = useCallback(() => api.exportEvents(filter), [api, filter]);

  return (
    <>
      {/* Another one after each clearing: what was typed halfway goes too. */}
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
};
