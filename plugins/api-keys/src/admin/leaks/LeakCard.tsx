import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { isRevocable } from '../../shared/keys/isRevocable';
import { useAlsoRevoked } from '../../shared/keys/useAlsoRevoked';
import { KeyLastUse, KeyName, KeyState } from '../../shared/list/cells';
import { useTranslation } from '../../translations/useTranslation';
import { Leak } from './useLeaks';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    margin: 0,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

type RevokeProps = { apiKey: ApiKey; onRevoke: () => void };

type RevokeButtonProps = RevokeProps & { children: ReactNode };

function RevokeButton(props: RevokeButtonProps) {
  const { apiKey, onRevoke, children } = props;
  const { t } = useTranslation();
  return (
    <Button
      variant="outlined"
      onClick={onRevoke}
      aria-label={t('key.revoke', { name: apiKey.name })}
    >
      {children}
    </Button>
  );
}

/** Revokes the successors of a key that is revoked already; hidden if there are none. */
function RevokeMadeButton(props: RevokeProps) {
  const { t } = useTranslation();
  const count = useAlsoRevoked(props.apiKey, true).value?.totalItems;
  if (!count) return null;
  return (
    <RevokeButton {...props}>{t('leak.revokeMade', { count })}</RevokeButton>
  );
}

type LeakCardProps = {
  leak: Leak;
  /** Left out for users who cannot revoke. */
  onRevoke?: () => void;
};

/** A found secret and its key. */
export function LeakCard(props: LeakCardProps) {
  const { leak, onRevoke } = props;
  const { hint, apiKey } = leak;
  const { t } = useTranslation();
  const classes = useStyles();
  if (!apiKey) {
    return (
      <Paper className={classes.root}>
        <Typography>{t('leak.unknown', { hint })}</Typography>
      </Paper>
    );
  }
  return (
    <Paper className={classes.root}>
      <dl className={classes.facts}>
        <dt>{t('leak.key')}</dt>
        <dd>
          <KeyName apiKey={apiKey} />
        </dd>
        <dt>{t('column.owner')}</dt>
        <dd>{apiKey.owner}</dd>
        <dt>{t('column.status')}</dt>
        <dd>
          <KeyState apiKey={apiKey} />
        </dd>
        <dt>{t('column.lastUsed')}</dt>
        <dd>
          <KeyLastUse apiKey={apiKey} />
          {apiKey.lastUsedIp && (
            <> · {t('key.fromIp', { ip: apiKey.lastUsedIp })}</>
          )}
        </dd>
      </dl>
      {onRevoke && isRevocable(apiKey) && (
        <RevokeButton apiKey={apiKey} onRevoke={onRevoke}>
          {t('leak.revoke')}
        </RevokeButton>
      )}
      {onRevoke && !isRevocable(apiKey) && (
        <RevokeMadeButton apiKey={apiKey} onRevoke={onRevoke} />
      )}
    </Paper>
  );
}
