import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import { useTranslation } from '../translations/useTranslation';

type OwnerOptionProps = { owner: string; isMe: boolean };

function OwnerOption({ owner, isMe }: OwnerOptionProps) {
  const { t } = useTranslation();
  const { primaryTitle } = useEntityPresentation(owner);
  return (
    <option value={owner}>
      {isMe ? t('keyOwner.me', { name: primaryTitle }) : primaryTitle}
    </option>
  );
}

type KeyOwnerFieldProps = {
  me: string;
  owners: string[];
  value: string;
  onChange: (owner: string) => void;
  disabled: boolean;
};

/** Picks the owner of a new key: the user or one of their teams. */
export function KeyOwnerField(props: KeyOwnerFieldProps) {
  const { me, owners, value, onChange, disabled } = props;
  const { t } = useTranslation();
  return (
    <TextField
      id="api-keys-owner"
      label={t('keyOwner.label')}
      helperText={
        value === me
          ? t('keyOwner.meHint')
          : t('keyOwner.teamHint', { owner: value })
      }
      value={value}
      onChange={event => onChange(event.target.value)}
      variant="outlined"
      margin="normal"
      size="small"
      disabled={disabled}
      fullWidth
      select
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
    >
      {owners.map(owner => (
        <OwnerOption key={owner} owner={owner} isMe={owner === me} />
      ))}
    </TextField>
  );
}
