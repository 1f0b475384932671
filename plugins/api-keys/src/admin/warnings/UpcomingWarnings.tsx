import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { ChoiceField } from '../../shared/fields/ChoiceField';
import { useFilterStyles } from '../../shared/fields/useFilterStyles';
import { PagedList } from '../../shared/list/PagedList';
import { AdminDenied } from '../../shared/states/AdminDenied';
import { EmptyState } from '../../shared/states/EmptyState';
import { useTranslation } from '../../translations/useTranslation';
import { RANGES, useRange } from './useRange';
import { useUpcomingWarnings } from './useUpcomingWarnings';
import { WarningsTable } from './WarningsTable';

/** The warnings that will be sent if no key changes before. */
export function UpcomingWarnings() {
  const { t } = useTranslation();
  const filterClasses = useFilterStyles();
  const { range, setRange, query } = useRange();
  const { state, refresh, loadMore } = useUpcomingWarnings(query);
  return (
    <>
      <Typography paragraph>{t('warnings.intro')}</Typography>
      <Box mb={2} className={filterClasses.root}>
        <ChoiceField
          id="api-keys-warnings-range"
          label={t('warnings.range')}
          value={range}
          choices={RANGES.map(days => ({
            value: days,
            label: t('warnings.days', { days }),
          }))}
          onChange={setRange}
        />
      </Box>
      <section aria-label={t('warnings.label')}>
        <PagedList
          state={state}
          texts={{
            loading: t('warnings.loading'),
            loadFailed: t('warnings.loadFailed'),
            total: count => t('warnings.total', { count }),
          }}
          empty={
            <EmptyState
              title={t('warnings.emptyTitle')}
              text={t('warnings.emptyText', { days: range })}
            />
          }
          denied={error => <AdminDenied error={error} />}
          onRetry={refresh}
          onLoadMore={loadMore}
        >
          {(warnings, updating) => (
            <WarningsTable warnings={warnings} updating={updating} />
          )}
        </PagedList>
      </section>
    </>
  );
}
