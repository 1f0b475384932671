import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Tooltip from '@material-ui/core/Tooltip';
import BlockIcon from '@material-ui/icons/Block';
import EventIcon from '@material-ui/icons/Event';
import GroupIcon from '@material-ui/icons/Group';
import HowToRegIcon from '@material-ui/icons/HowToReg';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { KeyName } from '../../shared/list/cells';
import { KeyTable } from '../../shared/list/KeyTable';
import { LabelledCell } from '../../shared/list/LabelledCell';
import { useTableStyles } from '../../shared/list/useTableStyles';
import { useTranslation } from '../../translations/useTranslation';
import { InventoryCell } from '../inventory/table/columns';
import { KeyActions } from '../inventory/table/RowMenu';

const COLUMNS = ['owner', 'expires', 'lastUsed', 'created'] as const;

type ActionProps = {
  label: string;
  icon: JSX.Element;
  onClick: () => void;
};

function Action(props: ActionProps) {
  return (
    <Tooltip title={props.label}>
      <IconButton size="small" aria-label={props.label} onClick={props.onClick}>
        {props.icon}
      </IconButton>
    </Tooltip>
  );
}

type AttentionKeysProps = {
  label: string;
  keys: ApiKey[];
  /** Left out for users who can only read. */
  actions?: KeyActions;
  /** Set if the rule is about owners, so that keys can be transferred. */
  transferable?: boolean;
  /** Opens the dialog that confirms an owner. */
  onConfirmOwner?: (owner: string) => void;
};

/** The first keys of a rule, each with its actions. */
export function AttentionKeys(props: AttentionKeysProps) {
  const { label, keys, actions, transferable, onConfirmOwner } = props;
  const { t } = useTranslation();
  const classes = useTableStyles();
  const headings = (['name', ...COLUMNS] as const).map(id => ({
    id,
    title: t(`column.${id}`),
  }));
  const actionsColumn = {
    id: 'actions',
    className: classes.actionsCell,
    title: (
      <span className={classes.visuallyHidden}>{t('column.actions')}</span>
    ),
  };
  return (
    <KeyTable
      label={label}
      columns={actions ? [...headings, actionsColumn] : headings}
      updating={false}
    >
      {keys.map(apiKey => (
        <TableRow key={apiKey.id} role="row" className={classes.row}>
          <TableCell
            role="cell"
            className={`${classes.cell} ${classes.nameCell}`}
          >
            <KeyName apiKey={apiKey} />
          </TableCell>
          {COLUMNS.map(column => (
            <LabelledCell
              key={column}
              label={t(`column.${column}`)}
              className={column === 'owner' ? classes.anywhere : undefined}
            >
              <InventoryCell column={column} apiKey={apiKey} />
            </LabelledCell>
          ))}
          {actions && (
            <TableCell
              role="cell"
              className={`${classes.cell} ${classes.actionsCell}`}
            >
              {onConfirmOwner && (
                <Action
                  label={t('attention.confirmOwner', { owner: apiKey.owner })}
                  onClick={() => onConfirmOwner(apiKey.owner)}
                  icon={<HowToRegIcon fontSize="small" />}
                />
              )}
              <Action
                label={t('attention.setExpiry', { name: apiKey.name })}
                onClick={() => actions.onSetExpiry(apiKey)}
                icon={<EventIcon fontSize="small" />}
              />
              {transferable && (
                <Action
                  label={t('attention.transfer', { name: apiKey.name })}
                  onClick={() => actions.onTransfer(apiKey)}
                  icon={<GroupIcon fontSize="small" />}
                />
              )}
              <Action
                label={t('key.revoke', { name: apiKey.name })}
                onClick={() => actions.onRevoke(apiKey)}
                icon={<BlockIcon fontSize="small" />}
              />
            </TableCell>
          )}
        </TableRow>
      ))}
    </KeyTable>
  );
}
