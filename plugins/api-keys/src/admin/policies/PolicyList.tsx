import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKeyOwnerPolicies } from 'backstage-plugin-api-keys-common';
import { KeyTable } from '../../shared/list/KeyTable';
import { useTableStyles } from '../../shared/list/useTableStyles';
import { EmptyState } from '../../shared/states/EmptyState';
import { useTranslation } from '../../translations/useTranslation';
import { PolicyActions, PolicyRow } from './PolicyRow';

const useStyles = makeStyles(theme => ({
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
  },
  footer: { padding: theme.spacing(2), textAlign: 'center' },
}));

type PolicyListProps = {
  policies: ApiKeyOwnerPolicies;
  /** Left out for users who can only read. */
  actions?: PolicyActions;
};

/** Table of the policies of users and groups. */
export function PolicyList(props: PolicyListProps) {
  const { policies, actions } = props;
  const { items, totalItems } = policies;
  const { t } = useTranslation();
  const classes = useStyles();
  const { actionsCell } = useTableStyles();
  const columns = [
    { id: 'owner', title: t('policies.owner') },
    { id: 'differs', title: t('policies.differs') },
    { id: 'updated', title: t('policies.updated') },
    ...(actions
      ? [{ id: 'actions', title: t('column.actions'), className: actionsCell }]
      : []),
  ];

  return (
    <>
      <div className={classes.header}>
        <Typography variant="h6" component="h2">
          {t('policies.tableTitle')}
        </Typography>
        {actions && (
          <Button variant="contained" color="primary" onClick={actions.onSet}>
            {t('policies.set')}
          </Button>
        )}
      </div>
      <Paper>
        {items.length === 0 ? (
          <EmptyState
            title={t('policies.emptyTitle')}
            text={t('policies.emptyText')}
          />
        ) : (
          <KeyTable
            label={t('policies.tableTitle')}
            columns={columns}
            updating={false}
          >
            {items.map(set => (
              <PolicyRow key={set.owner} set={set} actions={actions} />
            ))}
          </KeyTable>
        )}
        {items.length < totalItems && (
          <Typography
            variant="body2"
            color="textSecondary"
            className={classes.footer}
          >
            {t('policies.shown', {
              shown: `${items.length}`,
              total: `${totalItems}`,
            })}
          </Typography>
        )}
      </Paper>
    </>
  );
}
