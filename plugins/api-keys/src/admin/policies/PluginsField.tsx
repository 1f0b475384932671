import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useMemo, useState } from 'react';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { useTranslation } from '../../translations/useTranslation';

type PluginsFieldProps = {
  id: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  disabled: boolean;
};

/** Picks plugins of the portal, or typed ids of plugins that are yet to be installed. */
export function PluginsField(props: PluginsFieldProps) {
  const { id, value, onChange, disabled } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  // Optional: ids can still be typed.
  const { value: plugins = [] } = useAsync(
    async () => (await api.getPolicy()).plugins,
    [api],
  );
  // The Autocomplete resets the typed text if it gets a new array.
  const picked = useMemo(() => [...value], [value]);
  const [typed, setTyped] = useState('');
  const add = (ids: string[]) =>
    onChange([...new Set(ids.map(each => each.trim()).filter(Boolean))]);
  return (
    <Box mt={1}>
      <Autocomplete<string, true, false, true>
        id={id}
        aria-controls={`${id}-popup`}
        multiple
        freeSolo
        filterSelectedOptions
        size="small"
        disabled={disabled}
        options={plugins.map(({ pluginId }) => pluginId)}
        value={picked}
        onChange={(_event, next) => add(next)}
        inputValue={typed}
        onInputChange={(_event, text) => setTyped(text)}
        // Accepts typed text on blur, too.
        onBlur={() => {
          if (typed.trim()) add([...value, typed]);
          setTyped('');
        }}
        ChipProps={{ size: 'small' }}
        renderInput={params => (
          <TextField
            {...params}
            label={t('policyForm.forbiddenPlugins')}
            helperText={t('policyForm.forbiddenHint')}
            inputProps={{ ...params.inputProps, spellCheck: false }}
            InputLabelProps={{ shrink: true }}
            variant="outlined"
          />
        )}
      />
    </Box>
  );
}
