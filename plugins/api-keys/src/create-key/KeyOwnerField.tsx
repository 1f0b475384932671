import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import TextField from '@material-ui/core/TextField';
import { useTranslation } from '../translations/useTranslation';

const OwnerOption = ({ owner, isMe }: { owner: string; isMe: boolean }) => {
  const { t } = useTranslation();
  const { primaryTitle } = useEntityPresentation(owner);
  return (
    <option value={owner}>
      {isMe ? t('keyOwner.me', { name: primaryTitle }) : primaryTitle}
    </option>
  );
};

/** Lets the user choose whether a new key is their own or one of a team. */
export const KeyOwnerField = (props: {
  me: string;
  owners: string[];
  value: string;
  onChange: (owner: string) => void;
  disabled: boolean;
}) => {
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
};
