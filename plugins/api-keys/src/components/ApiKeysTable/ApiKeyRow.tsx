import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Tooltip from '@material-ui/core/Tooltip';
import BlockIcon from '@material-ui/icons/Block';
import EditIcon from '@material-ui/icons/EditOutlined';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { apiKeysTranslationRef } from '../../translation';
import { RelativeTime } from '../RelativeTime';
import { StatusChip } from '../StatusChip';
import { useTableStyles } from './useTableStyles';

/** A cell that carries its own label, for where there is no room for a header row. */
const LabelledCell = (props: { label: string; children: ReactNode }) => {
  const classes = useTableStyles();
  return (
    <TableCell role="cell" className={`${classes.cell} ${classes.inOneLine}`}>
      <span className={classes.label}>{props.label}</span>
      <div>{props.children}</div>
    </TableCell>
  );
};

const StatusDetail = ({ apiKey }: { apiKey: ApiKey }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const { status, overlapEndsAt, inactiveAt, revokedAt, revokedReason } =
    apiKey;
  if (status === 'retiring' && overlapEndsAt) {
    const when = <RelativeTime time={overlapEndsAt} />;
    return t('key.retiresBy', { when });
  }
  if (status === 'active' && inactiveAt) {
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
};

const Expiry = ({ apiKey }: { apiKey: ApiKey }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  // A revoked key has no future, whatever was planned for it.
  if (apiKey.status === 'revoked') return <>—</>;
  if (!apiKey.expiresAt) return <>{t('key.noExpiry')}</>;
  return <RelativeTime time={apiKey.expiresAt} />;
};

const LastUsed = ({ apiKey }: { apiKey: ApiKey }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const { lastUsedAt, lastUsedIp, lastUsedUserAgent } = apiKey;
  if (!lastUsedAt) return <>{t('key.neverUsed')}</>;
  const details = [
    lastUsedIp && t('key.fromIp', { ip: lastUsedIp }),
    lastUsedUserAgent,
  ];
  return (
    <RelativeTime
      time={lastUsedAt}
      past
      details={details.filter(Boolean).join('\n')}
    />
  );
};

/** A key in the list. */
export const ApiKeyRow = (props: {
  apiKey: ApiKey;
  onEdit: (apiKey: ApiKey) => void;
  onRevoke: (apiKey: ApiKey) => void;
}) => {
  const { apiKey, onEdit, onRevoke } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useTableStyles();
  const { name, description, hint, owner, status, createdAt } = apiKey;
  const ended = status === 'expired' || status === 'revoked';
  const editLabel = t('key.edit', { name });
  const revokeLabel = t('key.revoke', { name });

  return (
    <TableRow role="row" className={classes.row}>
      <TableCell role="cell" className={`${classes.cell} ${classes.nameCell}`}>
        <span className={classes.name}>{name}</span>{' '}
        <span className={classes.hint} title={t('key.hint', { hint })}>
          …{hint}
        </span>
        {owner.startsWith('group:') && (
          <div className={classes.detail}>{t('key.ofTeam', { owner })}</div>
        )}
        {description && (
          <div className={classes.description} title={description}>
            {description}
          </div>
        )}
      </TableCell>
      <LabelledCell label={t('column.status')}>
        <StatusChip status={status} />
        <div className={classes.detail}>
          <StatusDetail apiKey={apiKey} />
        </div>
      </LabelledCell>
      <LabelledCell label={t('column.created')}>
        <RelativeTime time={createdAt} past />
      </LabelledCell>
      <LabelledCell label={t('column.expires')}>
        <Expiry apiKey={apiKey} />
      </LabelledCell>
      <LabelledCell label={t('column.lastUsed')}>
        <LastUsed apiKey={apiKey} />
      </LabelledCell>
      <TableCell
        role="cell"
        className={`${classes.cell} ${classes.actionsCell}`}
      >
        {!ended && (
          <>
            <Tooltip title={editLabel}>
              <IconButton
                size="small"
                aria-label={editLabel}
                onClick={() => onEdit(apiKey)}
              >
                <EditIcon fontSize="small" />
              </IconButton>
            </Tooltip>{' '}
            <Tooltip title={revokeLabel}>
              <IconButton
                size="small"
                aria-label={revokeLabel}
                onClick={() => onRevoke(apiKey)}
              >
                <BlockIcon fontSize="small" />
              </IconButton>
            </Tooltip>
          </>
        )}
      </TableCell>
    </TableRow>
  );
};
