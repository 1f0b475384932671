import { usePermission } from '@backstage/plugin-permission-react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  apiKeyAdminManagePermission,
  ApiKeyOwnerOverride,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { isNotAllowed } from '../../shared/data/errors';
import { AdminDenied } from '../../shared/states/AdminDenied';
import { LoadError } from '../../shared/states/LoadError';
import { useFocusFallback } from '../../shared/ui/useFocusFallback';
import { useTranslation } from '../../translations/useTranslation';
import { ConfiguredPolicy } from './ConfiguredPolicy';
import { PolicyDialog } from './PolicyDialog';
import { PolicyList } from './PolicyList';
import { PolicyLookup } from './PolicyLookup';
import { RemovePolicyDialog } from './RemovePolicyDialog';
import { useOwnerPolicies } from './useOwnerPolicies';

const useStyles = makeStyles(theme => ({
  overview: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))',
    gap: theme.spacing(3),
    alignItems: 'start',
    marginBottom: theme.spacing(4),
  },
  list: { outline: 'none' },
}));

/** The open dialog. To set a new policy is to edit without `set`. */
type Plan =
  | { kind: 'edit'; set?: ApiKeyOwnerOverride }
  | { kind: 'remove'; set: ApiKeyOwnerOverride };

/** The configured policy, the policies of users and groups, and a look-up of the policy in force for an owner. */
export function OwnerPolicies() {
  const { t } = useTranslation();
  const classes = useStyles();
  const { policies, error, refresh } = useOwnerPolicies();
  const [plan, setPlan] = useState<Plan>();
  const listRef = useFocusFallback<HTMLElement>(plan !== undefined);
  const { allowed } = usePermission({
    permission: apiKeyAdminManagePermission,
  });

  if (!policies) {
    if (!error) {
      return (
        <div role="status" aria-label={t('policies.loading')}>
          <Skeleton height={240} />
          <Skeleton height={48} />
        </div>
      );
    }
    return isNotAllowed(error) ? (
      <Paper>
        <AdminDenied error={error} />
      </Paper>
    ) : (
      <LoadError
        title={t('policies.loadFailed')}
        error={error}
        onRetry={refresh}
      />
    );
  }

  const close = () => setPlan(undefined);
  return (
    <>
      {error && (
        <Box mb={2}>
          <LoadError
            title={t('policies.refreshFailed')}
            severity="warning"
            error={error}
            onRetry={refresh}
          />
        </Box>
      )}
      <div className={classes.overview}>
        <ConfiguredPolicy configured={policies.configured} />
        <PolicyLookup policies={policies} />
      </div>
      <section
        ref={listRef}
        className={classes.list}
        tabIndex={-1}
        aria-label={t('policies.tableTitle')}
      >
        <PolicyList
          policies={policies}
          actions={
            allowed
              ? {
                  onSet: () => setPlan({ kind: 'edit' }),
                  onEdit: set => setPlan({ kind: 'edit', set }),
                  onRemove: set => setPlan({ kind: 'remove', set }),
                }
              : undefined
          }
        />
      </section>
      {plan?.kind === 'edit' && (
        <PolicyDialog
          policies={policies}
          set={plan.set}
          onChanged={refresh}
          onClose={close}
        />
      )}
      {plan?.kind === 'remove' && (
        <RemovePolicyDialog
          set={plan.set}
          onRemoved={refresh}
          onClose={close}
        />
      )}
    </>
  );
}
