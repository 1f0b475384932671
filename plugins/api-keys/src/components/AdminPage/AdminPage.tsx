import { Content, TabbedLayout } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Skeleton from '@material-ui/lab/Skeleton';
import { AdminPathsProvider } from '../../hooks/useAdminPaths';
import { NowProvider } from '../../hooks/useNow';
import { useSummary } from '../../hooks/useSummary';
import { useTexts } from '../../hooks/useTexts';
import { isNotAllowed } from '../../lib/errors';
import { AdminDenied } from '../AdminDenied';
import { Attention } from '../Attention';
import { AuditTrail } from '../AuditTrail';
import { Inventory } from '../Inventory';
import { LeakDesk } from '../LeakDesk';
import { LoadError } from '../LoadError';
import { OwnerPolicies } from '../OwnerPolicies';
import { UpcomingWarnings } from '../UpcomingWarnings';

/** The content of the page *API keys admin*. Its header belongs to the app. */
export const AdminPage = () => {
  const { t } = useTexts();
  const { summary, error, refresh } = useSummary();

  if (!summary) {
    return (
      <Content>
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
    <AdminPathsProvider>
      <NowProvider>
        <TabbedLayout>
          <TabbedLayout.Route path="/" title={t('admin.inventory')}>
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
          </TabbedLayout.Route>
          <TabbedLayout.Route path="/attention" title={t('attention.title')}>
            <Attention onChanged={refresh} />
          </TabbedLayout.Route>
          <TabbedLayout.Route path="/warnings" title={t('warnings.title')}>
            <UpcomingWarnings />
          </TabbedLayout.Route>
          <TabbedLayout.Route path="/events" title={t('trail.title')}>
            <AuditTrail />
          </TabbedLayout.Route>
          <TabbedLayout.Route path="/leaks" title={t('admin.leakDesk')}>
            <LeakDesk onChanged={refresh} />
          </TabbedLayout.Route>
          <TabbedLayout.Route path="/policies" title={t('policies.title')}>
            <OwnerPolicies />
          </TabbedLayout.Route>
        </TabbedLayout>
      </NowProvider>
    </AdminPathsProvider>
  );
};
