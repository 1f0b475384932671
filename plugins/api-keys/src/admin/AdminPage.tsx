import { Content } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Skeleton from '@material-ui/lab/Skeleton';
import { isNotAllowed } from '../shared/data/errors';
import { AdminDenied } from '../shared/states/AdminDenied';
import { LoadError } from '../shared/states/LoadError';
import { NowProvider } from '../shared/time/useNow';
import { DocumentTitle } from '../shared/ui/DocumentTitle';
import { useTranslation } from '../translations/useTranslation';
import { AdminTabs } from './AdminTabs';
import { Inventory } from './inventory/Inventory';
import { useSummary } from './useSummary';

/** The page *API keys admin*. The app provides its header. */
export function AdminPage() {
  const { t } = useTranslation();
  const { summary, error, refresh } = useSummary();

  if (!summary) {
    return (
      <Content>
        <DocumentTitle page="places.adminPage" />
        {!error && (
          <div role="status" aria-label={t('admin.loading')}>
            <Skeleton height={96} />
            <Skeleton height={48} />
          </div>
        )}
        {error && isNotAllowed(error) && (
          <Paper>
            <AdminDenied error={error} />
          </Paper>
        )}
        {error && !isNotAllowed(error) && (
          <LoadError
            title={t('admin.loadFailed')}
            error={error}
            onRetry={refresh}
          />
        )}
      </Content>
    );
  }
  return (
    <NowProvider>
      <AdminTabs
        inventory={
          <>
            {error && (
              <Box mb={2}>
                <LoadError
                  title={t('admin.summaryFailed')}
                  severity="warning"
                  error={error}
                  onRetry={refresh}
                />
              </Box>
            )}
            <Inventory summary={summary} onChanged={refresh} />
          </>
        }
        onChanged={refresh}
      />
    </NowProvider>
  );
}
