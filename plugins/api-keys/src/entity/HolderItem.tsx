import { makeStyles } from '@material-ui/core/styles';
import { ApiKeyScopeHolder } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { StatusChip } from '../shared/keys/StatusChip';
import { RelativeTime } from '../shared/time/RelativeTime';
import { OwnerLink } from '../shared/ui/OwnerLink';
import { UserText } from '../shared/ui/UserText';
import { useTranslation } from '../translations/useTranslation';

const useStyles = makeStyles(theme => ({
  // Cards are narrow on any screen, so the columns wrap.
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: theme.spacing(3),
    rowGap: theme.spacing(0.5),
    padding: theme.spacing(1.5, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
  },
  who: { flex: '1 1 200px', minWidth: 0 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
  name: { fontWeight: 600, overflowWrap: 'anywhere', minWidth: 0 },
  times: {
    flex: '0 1 200px',
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
}));

type HolderItemProps = { holder: ApiKeyScopeHolder };

/** One key with a scope. */
export function HolderItem({ holder }: HolderItemProps) {
  const { name, owner, status, createdAt, expiresAt, lastUsedAt } = holder;
  const { t } = useTranslation();
  const classes = useStyles();
  const time = (what: 'created' | 'expires' | 'used', when: ReactNode) => (
    <div>{t(`apiAccess.${what}`, { when: <>{when}</> })}</div>
  );
  return (
    <li className={classes.root}>
      <div className={classes.who}>
        <div className={classes.head}>
          <UserText className={classes.name}>{name}</UserText>
          <StatusChip status={status} />
        </div>
        <OwnerLink owner={owner} />
      </div>
      <div className={classes.times}>
        {time('created', <RelativeTime time={createdAt} past />)}
        {expiresAt ? (
          time('expires', <RelativeTime time={expiresAt} />)
        ) : (
          <div>{t('key.noExpiry')}</div>
        )}
        {lastUsedAt ? (
          time('used', <RelativeTime time={lastUsedAt} past />)
        ) : (
          <div>{t('key.neverUsed')}</div>
        )}
      </div>
    </li>
  );
}
