import TextField from '@material-ui/core/TextField';
import {
  ApiKeyAccessRestriction,
  ApiKeyAvailablePlugin,
} from 'backstage-plugin-api-keys-common';
import { grantOf } from '../../shared/restrictions/restrictions';
import { useGrantTexts } from '../../shared/restrictions/useGrantTexts';
import { useTranslation } from '../../translations/useTranslation';
import { GrantKind, grantKind, grantKinds, withGrant } from './grants';

type GrantFieldProps = {
  plugin: ApiKeyAvailablePlugin;
  entry: ApiKeyAccessRestriction;
  onChange: (entry: ApiKeyAccessRestriction) => void;
  disabled: boolean;
};

/** Picks how much of a plugin a key can use. */
export function GrantField(props: GrantFieldProps) {
  const { plugin, entry, onChange, disabled } = props;
  const { pluginId } = plugin;
  const { t } = useTranslation();
  const grantInWords = useGrantTexts();
  const labelOf = (kind: GrantKind) =>
    kind === 'kept' ? grantInWords(grantOf(entry)) : t(`rights.grant.${kind}`);
  return (
    <TextField
      id={`api-keys-grant-${pluginId}`}
      value={grantKind(entry)}
      onChange={event =>
        onChange(withGrant(plugin, entry, event.target.value as GrantKind))
      }
      margin="dense"
      size="small"
      disabled={disabled}
      select
      SelectProps={{ native: true }}
      inputProps={{ 'aria-label': t('rights.amount', { plugin: pluginId }) }}
    >
      {grantKinds(plugin, entry).map(kind => (
        <option key={kind} value={kind}>
          {labelOf(kind)}
        </option>
      ))}
    </TextField>
  );
}
