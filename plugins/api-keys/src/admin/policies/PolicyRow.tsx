import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Tooltip from '@material-ui/core/Tooltip';
import DeleteIcon from '@material-ui/icons/DeleteOutline';
import EditIcon from '@material-ui/icons/EditOutlined';
import { ApiKeyOwnerOverride } from 'backstage-plugin-api-keys-common';
import { LabelledCell } from '../../shared/list/LabelledCell';
import { useTableStyles } from '../../shared/list/useTableStyles';
import { RelativeTime } from '../../shared/time/RelativeTime';
import { EntityLink } from '../../shared/ui/EntityLink';
import { OwnerLink } from '../../shared/ui/OwnerLink';
import { useTranslation } from '../../translations/useTranslation';
import { usePolicyTexts } from './usePolicyTexts';

/** Actions of an admin on policies. */
export type PolicyActions = {
  onSet: () => void;
  onEdit: (set: ApiKeyOwnerOverride) => void;
  onRemove: (set: ApiKeyOwnerOverride) => void;
};

type PolicyRowProps = {
  set: ApiKeyOwnerOverride;
  /** Left out for users who can only read. */
  actions?: PolicyActions;
};

/** The policy of a user or group. */
export function PolicyRow(props: PolicyRowProps) {
  const { set, actions } = props;
  const { owner, override, updatedAt, updatedBy } = set;
  const { t } = useTranslation();
  const { phrasesOf } = usePolicyTexts();
  const classes = useTableStyles();
  const editLabel = t('policies.edit', { owner });
  const removeLabel = t('policies.remove', { owner });
  const who = <EntityLink entityRef={updatedBy} />;

  return (
    <TableRow role="row" className={classes.row}>
      <TableCell role="cell" className={`${classes.cell} ${classes.nameCell}`}>
        <OwnerLink owner={owner} />
      </TableCell>
      <LabelledCell label={t('policies.differs')} className={classes.anywhere}>
        {phrasesOf(override).join(' · ')}
      </LabelledCell>
      <LabelledCell label={t('policies.updated')}>
        <RelativeTime time={updatedAt} past />
        <div className={classes.detail}>{t('policies.updatedBy', { who })}</div>
      </LabelledCell>
      {actions && (
        <TableCell
          role="cell"
          className={`${classes.cell} ${classes.actionsCell}`}
        >
          <Tooltip title={editLabel}>
            <IconButton
              size="small"
              aria-label={editLabel}
              onClick={() => actions.onEdit(set)}
            >
              <EditIcon fontSize="small" />
            </IconButton>
          </Tooltip>{' '}
          <Tooltip title={removeLabel}>
            <IconButton
              size="small"
              aria-label={removeLabel}
              onClick={() => actions.onRemove(set)}
            >
              <DeleteIcon fontSize="small" />
            </IconButton>
          </Tooltip>
        </TableCell>
      )}
    </TableRow>
  );
}
