import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  ApiKey,
  apiKeyAdminManagePermission,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import { AppLink } from '../../routing/AppLink';
import { useAdminPaths } from '../../shared/filters/useAdminPaths';
import { LoadError } from '../../shared/states/LoadError';
import { useFocusFallback } from '../../shared/ui/useFocusFallback';
import { useTranslation } from '../../translations/useTranslation';
import { KeyActionDialogs, OpenKeyDialog } from '../bulk/KeyActionDialogs';
import { AttentionKeys } from './AttentionKeys';
import { AttentionRule } from './attentionRules';
import { useAttentionKeys } from './useAttentionKeys';

const useStyles = makeStyles(theme => ({
  card: { marginBottom: theme.spacing(2), outline: 'none' },
  head: { padding: theme.spacing(2) },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(1),
  },
  count: { fontWeight: 600 },
  secondary: { color: theme.palette.text.secondary },
  clear: {
    alignItems: 'center',
    color: theme.palette.text.secondary,
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
  },
}));

type AttentionCardProps = {
  rule: AttentionRule;
  onChanged: () => Promise<void>;
};

/** One attention rule: why it matters, the keys that match, and the actions on them. */
export function AttentionCard(props: AttentionCardProps) {
  const { rule, onChanged } = props;
  const { id, filters } = rule;
  const { t } = useTranslation();
  const classes = useStyles();
  const paths = useAdminPaths();
  const { found, error, refresh } = useAttentionKeys(rule);
  const [dialog, setDialog] = useState<OpenKeyDialog>();
  const close = useCallback(() => setDialog(undefined), []);
  const cardRef = useFocusFallback<HTMLDivElement>(dialog !== undefined);
  const { allowed } = usePermission({
    permission: apiKeyAdminManagePermission,
  });
  const title = t(`attention.${id}`);

  if (!found) {
    return error ? (
      <LoadError title={title} error={error} onRetry={refresh} />
    ) : (
      <Skeleton height={64} aria-label={t('attention.loading')} />
    );
  }
  const { filter, page } = found;
  const { items, totalItems, totalIsCapped } = page;
  const isClear = totalItems === 0;
  const count = totalIsCapped
    ? t('list.moreThan', { total: t('list.total', { count: totalItems }) })
    : t('list.total', { count: totalItems });

  return (
    <Paper
      component="section"
      ref={cardRef}
      tabIndex={-1}
      aria-label={title}
      className={classes.card}
    >
      <div className={classes.head}>
        <div className={`${classes.title} ${isClear ? classes.clear : ''}`}>
          {isClear && <CheckIcon fontSize="small" aria-hidden />}
          <Typography variant="h6" component="h2">
            {title}
          </Typography>
          <Typography
            variant="body1"
            component="span"
            className={isClear ? undefined : classes.count}
          >
            {isClear ? t('attention.none') : count}
          </Typography>
        </div>
        {!isClear && (
          <Typography variant="body2" className={classes.secondary}>
            {t(`attention.why_${id}`)}
          </Typography>
        )}
      </div>
      {error && (
        <LoadError
          title={t('list.refreshFailed')}
          severity="warning"
          error={error}
          onRetry={refresh}
        />
      )}
      {!isClear && (
        <>
          <AttentionKeys
            label={title}
            keys={items}
            transferable={id === 'owner-missing' || id === 'owner-unconfirmed'}
            onConfirmOwner={
              allowed && id === 'owner-unconfirmed'
                ? owner => setDialog({ confirmOwner: owner })
                : undefined
            }
            actions={
              allowed
                ? {
                    onSetExpiry: (apiKey: ApiKey) =>
                      setDialog({ setExpiry: apiKey }),
                    onTransfer: (apiKey: ApiKey) =>
                      setDialog({ transfer: { keys: [apiKey] } }),
                    onRevoke: (apiKey: ApiKey) =>
                      setDialog({ revoke: { keys: [apiKey] } }),
                  }
                : undefined
            }
          />
          <div className={classes.actions}>
            <Button
              component={AppLink}
              variant="outlined"
              size="small"
              to={paths.inventory(filters)}
            >
              {t('attention.showAll')}
            </Button>
            {id === 'rotated-out-seen' && (
              <Button
                component={AppLink}
                variant="outlined"
                size="small"
                to={paths.trail({ type: 'rotated-key-presented' })}
              >
                {t('inventory.showTrail')}
              </Button>
            )}
            {allowed && id === 'owner-missing' && (
              <Button
                variant="outlined"
                size="small"
                onClick={() => setDialog({ transfer: { filter } })}
              >
                {totalIsCapped
                  ? t('attention.transferAllMany')
                  : t('attention.transferAll', { count: totalItems })}
              </Button>
            )}
            {allowed && (
              <Button
                variant="outlined"
                size="small"
                onClick={() => setDialog({ revoke: { filter } })}
              >
                {totalIsCapped
                  ? t('attention.revokeAllMany')
                  : t('attention.revokeAll', { count: totalItems })}
              </Button>
            )}
          </div>
        </>
      )}
      <KeyActionDialogs
        dialog={dialog}
        onChanged={async () => {
          await Promise.all([refresh(), onChanged()]);
        }}
        onClose={close}
      />
    </Paper>
  );
}
