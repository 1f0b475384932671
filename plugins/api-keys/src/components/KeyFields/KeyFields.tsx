import TextField from '@material-ui/core/TextField';
import {
  API_KEY_DESCRIPTION_MAX_LENGTH,
  API_KEY_NAME_MAX_LENGTH,
  containsSecret,
} from 'backstage-plugin-api-keys-common';
import { useFocusOnMount } from '../../hooks/useFocusOnMount';
import { useTexts } from '../../hooks/useTexts';
import { Problem } from '../Problem';

/** What a user calls a key, and says about it. */
export type KeyFieldValues = { name: string; description: string };

/** Returns whether the backend would refuse them for a secret in them: both are seen by others, in lists and mails. */
export function holdSecret({ name, description }: KeyFieldValues): boolean {
  return containsSecret(name) || containsSecret(description);
}

const SecretProblem = ({ text }: { text: string }) => {
  const { t } = useTexts();
  return containsSecret(text) ? (
    <Problem>{t('pastedSecret.inField')}</Problem>
  ) : null;
};

/** The fields that can be changed as long as a key lives. */
export const KeyFields = (props: {
  values: KeyFieldValues;
  onChange: (values: KeyFieldValues) => void;
  disabled: boolean;
}) => {
  const { values, onChange, disabled } = props;
  const { t } = useTexts();
  const nameInput = useFocusOnMount<HTMLInputElement>();
  return (
    <>
      <TextField
        id="api-keys-name"
        inputRef={nameInput}
        label={t('form.name')}
        helperText={t('form.nameHint')}
        value={values.name}
        onChange={e => onChange({ ...values, name: e.target.value })}
        inputProps={{ maxLength: API_KEY_NAME_MAX_LENGTH }}
        autoComplete="off"
        variant="outlined"
        margin="normal"
        size="small"
        disabled={disabled}
        fullWidth
        required
        error={containsSecret(values.name)}
      />
      <SecretProblem text={values.name} />
      <TextField
        id="api-keys-description"
        label={t('form.description')}
        value={values.description}
        onChange={e => onChange({ ...values, description: e.target.value })}
        inputProps={{ maxLength: API_KEY_DESCRIPTION_MAX_LENGTH }}
        variant="outlined"
        margin="normal"
        size="small"
        disabled={disabled}
        fullWidth
        multiline
        maxRows={5}
        error={containsSecret(values.description)}
      />
      <SecretProblem text={values.description} />
    </>
  );
};
