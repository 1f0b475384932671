import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Tooltip from '@material-ui/core/Tooltip';
import BlockIcon from '@material-ui/icons/Block';
import EditIcon from '@material-ui/icons/EditOutlined';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { apiKeysTranslationRef } from '../../translation';
import {
  KeyExpiry,
  KeyLastUse,
  KeyName,
  KeyState,
  LabelledCell,
  useTableStyles,
} from '../KeyTable';
import { RelativeTime } from '../RelativeTime';

/** A key in the list. */
export const ApiKeyRow = (props: {
  apiKey: ApiKey;
  onEdit: (apiKey: ApiKey) => void;
  onRevoke: (apiKey: ApiKey) => void;
}) => {
  const { apiKey, onEdit, onRevoke } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useTableStyles();
  const { name, description, owner, status, createdAt } = apiKey;
  const ended = status === 'expired' || status === 'revoked';
  const editLabel = t('key.edit', { name });
  const revokeLabel = t('key.revoke', { name });

  return (
    <TableRow role="row" className={classes.row}>
      <TableCell role="cell" className={`${classes.cell} ${classes.nameCell}`}>
        <KeyName apiKey={apiKey} />
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
        <KeyState apiKey={apiKey} />
      </LabelledCell>
      <LabelledCell label={t('column.created')}>
        <RelativeTime time={createdAt} past />
      </LabelledCell>
      <LabelledCell label={t('column.expires')}>
        <KeyExpiry apiKey={apiKey} />
      </LabelledCell>
      <LabelledCell label={t('column.lastUsed')}>
        <KeyLastUse apiKey={apiKey} />
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
