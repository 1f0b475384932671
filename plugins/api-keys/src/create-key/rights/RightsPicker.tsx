import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { RightsPolicy } from '../../shared/restrictions/rightsChoice';
import { useTranslation } from '../../translations/useTranslation';
import { PickerList } from '../PickerList';
import { PickerSearch } from '../PickerSearch';
import { searchPlugins } from './grants';
import { PluginRow } from './PluginRow';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(1) },
}));

type RightsPickerProps = {
  policy: RightsPolicy;
  value: readonly ApiKeyAccessRestriction[];
  onChange: (value: ApiKeyAccessRestriction[]) => void;
  disabled: boolean;
};

/** Picks plugins of the portal and how much of each a key can use. */
export function RightsPicker(props: RightsPickerProps) {
  const { policy, value, onChange, disabled } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const [text, setText] = useState('');
  const { plugins, restrictions } = policy;
  const found = searchPlugins(plugins, text);

  const setEntry = (
    pluginId: string,
    entry: ApiKeyAccessRestriction | undefined,
  ) => {
    const entries = new Map(value.map(each => [each.plugin, each]));
    if (entry) entries.set(pluginId, entry);
    else entries.delete(pluginId);
    onChange([...entries.values()]);
  };

  return (
    <div className={classes.root}>
      <PickerSearch
        id="api-keys-rights-search"
        label={t('rights.search')}
        value={text}
        onChange={setText}
        disabled={disabled}
      />
      <PickerList
        label={t('rights.plugins')}
        none={t('rights.found')}
        items={found.map(plugin => (
          <PluginRow
            key={plugin.pluginId}
            plugin={plugin}
            entry={value.find(each => each.plugin === plugin.pluginId)}
            forbidden={restrictions.forbidden.includes(plugin.pluginId)}
            onChange={entry => setEntry(plugin.pluginId, entry)}
            disabled={disabled}
          />
        ))}
      />
      <Typography variant="caption" color="textSecondary" role="status">
        {t('rights.picked', {
          count: value.length,
          total: `${plugins.length}`,
        })}
      </Typography>
    </div>
  );
}
