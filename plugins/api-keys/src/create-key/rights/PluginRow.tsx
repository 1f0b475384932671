import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import {
  ApiKeyAccessRestriction,
  ApiKeyAvailablePlugin,
} from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { GrantField } from './GrantField';
import { firstGrant, grantKind } from './grants';
import { PermissionBoxes } from './PermissionBoxes';

const useStyles = makeStyles(theme => ({
  row: {
    padding: theme.spacing(0.25, 1.5),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 1),
  },
  name: { overflowWrap: 'anywhere', marginRight: 0, minWidth: 0 },
  forbidden: { color: theme.palette.text.secondary, fontSize: '0.85em' },
}));

type PluginRowProps = {
  plugin: ApiKeyAvailablePlugin;
  /** Undefined while the plugin is not picked. */
  entry: ApiKeyAccessRestriction | undefined;
  forbidden: boolean;
  onChange: (entry: ApiKeyAccessRestriction | undefined) => void;
  disabled: boolean;
};

/** A plugin to pick. Once it is picked, the user can limit how much of it the key can use. */
export function PluginRow(props: PluginRowProps) {
  const { plugin, entry, forbidden, onChange, disabled } = props;
  const { pluginId } = plugin;
  const { t } = useTranslation();
  const classes = useStyles();
  const forbiddenId = `api-keys-forbidden-${pluginId}`;
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <FormControlLabel
          className={classes.name}
          label={pluginId}
          disabled={disabled || forbidden}
          control={
            <Checkbox
              color="primary"
              size="small"
              checked={entry !== undefined}
              onChange={event =>
                onChange(event.target.checked ? firstGrant(plugin) : undefined)
              }
              inputProps={{
                'aria-describedby': forbidden ? forbiddenId : undefined,
              }}
            />
          }
        />
        {forbidden && (
          <span id={forbiddenId} className={classes.forbidden}>
            {t('rights.pluginForbidden')}
          </span>
        )}
        {entry && (
          <GrantField
            plugin={plugin}
            entry={entry}
            onChange={onChange}
            disabled={disabled}
          />
        )}
      </div>
      {entry && grantKind(entry) === 'permissions' && (
        <PermissionBoxes
          plugin={plugin}
          entry={entry}
          onChange={onChange}
          disabled={disabled}
        />
      )}
    </li>
  );
}
