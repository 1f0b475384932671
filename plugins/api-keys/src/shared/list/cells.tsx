import { ApiKey, isolateText } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { KeyWarning, warningOf } from '../keys/keyWarning';
import { StatusChip } from '../keys/StatusChip';
import { RelativeTime } from '../time/RelativeTime';
import { useNow } from '../time/useNow';
import { UserText } from '../ui/UserText';
import { useTableStyles } from './useTableStyles';

type KeyNameProps = { apiKey: ApiKey };

/** Name of a key, and the last characters of its secret. */
export function KeyName({ apiKey: { name, hint } }: KeyNameProps) {
  const { t } = useTranslation();
  const classes = useTableStyles();
  return (
    <>
      <UserText className={classes.name}>{name}</UserText>{' '}
      <span className={classes.hint} title={t('key.hint', { hint })}>
        …{hint}
      </span>
    </>
  );
}

type StateDetailProps = { apiKey: ApiKey; warning?: KeyWarning };

function StateDetail(props: StateDetailProps) {
  const { apiKey, warning } = props;
  const { t } = useTranslation();
  const { status, overlapEndsAt, inactiveAt, revokedAt, revokedReason } =
    apiKey;
  if (status === 'retiring' && overlapEndsAt) {
    const when = <RelativeTime time={overlapEndsAt} />;
    return t('key.retiresBy', { when });
  }
  // The chip can show it already.
  if (status === 'active' && inactiveAt && warning?.cause !== 'inactivity') {
    const when = <RelativeTime time={inactiveAt} />;
    return t('key.inactiveFrom', { when });
  }
  if (status === 'inactive' && inactiveAt) {
    return <RelativeTime time={inactiveAt} past />;
  }
  if (status === 'revoked' && revokedAt) {
    const reason = revokedReason ? t(`reason.${revokedReason}`) : undefined;
    return <RelativeTime time={revokedAt} past details={reason} />;
  }
  return null;
}

type KeyStateProps = { apiKey: ApiKey };

/** Status of a key, with its time. */
export function KeyState({ apiKey }: KeyStateProps) {
  const classes = useTableStyles();
  const warning = warningOf(apiKey, useNow());
  return (
    <>
      <StatusChip status={apiKey.status} warning={warning} />
      <div className={classes.detail}>
        <StateDetail apiKey={apiKey} warning={warning} />
      </div>
    </>
  );
}

type KeyExpiryProps = { apiKey: ApiKey };

/** Expiry of a key. */
export function KeyExpiry({ apiKey }: KeyExpiryProps) {
  const { t } = useTranslation();
  // A revoked key no longer expires.
  if (apiKey.status === 'revoked') return <>—</>;
  if (!apiKey.expiresAt) return <>{t('key.noExpiry')}</>;
  return <RelativeTime time={apiKey.expiresAt} />;
}

type KeyLastUseProps = { apiKey: ApiKey };

/** Last use of a key, with the address in the tooltip. */
export function KeyLastUse({ apiKey }: KeyLastUseProps) {
  const { t } = useTranslation();
  const { lastUsedAt, lastUsedIp, lastUsedUserAgent } = apiKey;
  if (!lastUsedAt) return <>{t('key.neverUsed')}</>;
  const details = [
    lastUsedIp && t('key.fromIp', { ip: lastUsedIp }),
    lastUsedUserAgent && isolateText(lastUsedUserAgent),
  ];
  return (
    <RelativeTime
      time={lastUsedAt}
      past
      details={details.filter(Boolean).join('\n')}
    />
  );
}
