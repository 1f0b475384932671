import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useEffect, useState } from 'react';
import { useSecretNotice } from '../pasted-secret/useSecretNotice';
import { toOwnerRef } from '../keys/ownerRef';
import { Owner, useOwners } from './useOwners';

const USERS_AND_GROUPS = ['User', 'Group'];
const GROUPS = ['Group'];

const refOf = (
  picked: Owner | string | null,
  ofName: 'user' | 'group' = 'user',
) =>
  typeof picked === 'string' ? toOwnerRef(picked, ofName) : picked?.ref ?? '';

type OwnerFieldProps = {
  id: string;
  label: string;
  placeholder?: string;
  className?: string;
  /** Entity ref, or empty. */
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  /** Offers groups only. */
  groups?: boolean;
};

/**
 * Picks a user or group of the catalog, or a typed ref, since owners of keys can have left the catalog. Typed text is
 * applied on blur and shown as a full ref.
 */
export function OwnerField(props: OwnerFieldProps) {
  const { id, label, placeholder, className, value, onChange } = props;
  const { disabled, groups } = props;
  const [typed, setTyped] = useState(value);
  const { stripSecrets, notice } = useSecretNotice('all');
  useEffect(() => setTyped(value), [value]);
  const owners = useOwners(
    typed === value ? '' : typed,
    groups ? GROUPS : USERS_AND_GROUPS,
  );

  const pick = (picked: Owner | string | null) => {
    const owner = refOf(picked, groups ? 'group' : 'user');
    setTyped(owner);
    if (owner !== value) onChange(owner);
  };

  return (
    <>
      <Autocomplete<Owner, false, false, true>
        id={id}
        // Material UI 4 sets `aria-owns` (ARIA 1.0) only.
        aria-controls={`${id}-popup`}
        className={className}
        freeSolo
        disabled={disabled}
        options={owners}
        // The catalog has filtered the options.
        filterOptions={found => found}
        getOptionLabel={option => refOf(option)}
        getOptionSelected={(option, picked) => option.ref === refOf(picked)}
        renderOption={({ displayName, ref }) => (
          <span>
            {displayName}
            <Typography variant="caption" color="textSecondary" display="block">
              {ref}
            </Typography>
          </span>
        )}
        value={null}
        inputValue={typed}
        onInputChange={(_event, text, reason) => {
          if (reason === 'input') setTyped(stripSecrets(text));
          if (reason === 'clear') pick(null);
        }}
        onChange={(_event, picked) => pick(picked)}
        onBlur={() => pick(typed)}
        renderInput={params => (
          <TextField
            {...params}
            label={label}
            placeholder={placeholder}
            inputProps={{ ...params.inputProps, spellCheck: false }}
            InputLabelProps={{ shrink: true }}
            variant="outlined"
            size="small"
          />
        )}
      />
      {notice}
    </>
  );
}
