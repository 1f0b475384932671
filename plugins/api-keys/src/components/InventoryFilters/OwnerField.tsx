import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useEffect, useState } from 'react';
import { toOwnerRef } from '../../lib/ownerRef';
import { apiKeysTranslationRef } from '../../translation';
import { useFilterStyles } from '../FilterFields';

/**
 * Whose keys to show. Unlike a search it waits until the typing is done, since half a name is somebody else's; then it
 * shows whom it took it for.
 */
export const OwnerField = (props: {
  value: string;
  onChange: (value: string) => void;
}) => {
  const { value, onChange } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);

  const finish = () => {
    const owner = toOwnerRef(typed);
    setTyped(owner);
    if (owner !== value) onChange(owner);
  };

  return (
    <TextField
      id="api-keys-owner"
      className={useFilterStyles().owner}
      label={t('inventory.owner')}
      placeholder={t('inventory.ownerHint')}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      onBlur={finish}
      onKeyDown={event => {
        if (event.key === 'Enter') finish();
      }}
      inputProps={{ autoComplete: 'off', spellCheck: false }}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      size="small"
    />
  );
};
