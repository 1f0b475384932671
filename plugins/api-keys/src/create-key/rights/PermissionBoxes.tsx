import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import {
  ApiKeyAccessRestriction,
  ApiKeyAvailablePermission,
  ApiKeyAvailablePlugin,
} from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { withPermission } from './grants';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    margin: theme.spacing(0, 0, 1, 3.5),
    minWidth: 0,
    [theme.breakpoints.down('xs')]: { marginLeft: theme.spacing(1) },
  },
  permission: { marginRight: 0, minWidth: 0 },
  box: { padding: theme.spacing(0.5, 1) },
  name: { overflowWrap: 'anywhere', fontSize: '0.9em' },
  action: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
}));

type PermissionBoxesProps = {
  plugin: ApiKeyAvailablePlugin;
  entry: ApiKeyAccessRestriction;
  onChange: (entry: ApiKeyAccessRestriction) => void;
  disabled: boolean;
};

/** Picks permissions of a plugin. */
export function PermissionBoxes(props: PermissionBoxesProps) {
  const { plugin, entry, onChange, disabled } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const labelOf = ({ name, action }: ApiKeyAvailablePermission) => (
    <span className={classes.name}>
      {name}{' '}
      {action && (
        <span className={classes.action}>
          ({t(`permissionAction.${action}`)})
        </span>
      )}
    </span>
  );
  return (
    <div
      role="group"
      aria-label={t('rights.permissions', { plugin: plugin.pluginId })}
      className={classes.root}
    >
      {plugin.permissions.map(permission => (
        <FormControlLabel
          key={permission.name}
          className={classes.permission}
          label={labelOf(permission)}
          disabled={disabled}
          control={
            <Checkbox
              color="primary"
              size="small"
              className={classes.box}
              checked={entry.permission?.includes(permission.name) ?? false}
              onChange={({ target: { checked } }) =>
                onChange(
                  withPermission(plugin, entry, permission.name, checked),
                )
              }
            />
          }
        />
      ))}
    </div>
  );
}
