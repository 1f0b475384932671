import { makeStyles } from '@material-ui/core/styles';
import TextField, { TextFieldProps } from '@material-ui/core/TextField';
import {
  API_KEY_DESCRIPTION_MAX_LENGTH,
  API_KEY_NAME_MAX_LENGTH,
  containsSecret,
} from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { useFocusOnMount } from '../ui/useFocusOnMount';
import { FieldError, errorTextColor } from './FieldError';

/** Name and description of a key. */
export type KeyFieldValues = { name: string; description: string };

/**
 * Returns true if a field contains a secret. The backend refuses those, since others see the fields in lists and mails.
 */
export function containSecret({ name, description }: KeyFieldValues): boolean {
  return containsSecret(name) || containsSecret(description);
}

const useStyles = makeStyles(theme => ({
  field: { '& label.Mui-error': { color: errorTextColor(theme) } },
}));

type TextWithoutSecretProps = TextFieldProps & { id: string; value: string };

/** Text field that rejects secrets, since others see the text. */
function TextWithoutSecret(props: TextWithoutSecretProps) {
  const { id, value, helperText, inputProps } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const problemId = `${id}-problem`;
  const isWrong = containsSecret(value);
  return (
    <div>
      <TextField
        {...props}
        className={classes.field}
        variant="outlined"
        margin="normal"
        size="small"
        fullWidth
        error={isWrong}
        helperText={isWrong ? undefined : helperText}
        inputProps={{
          ...inputProps,
          ...(isWrong && { 'aria-describedby': problemId }),
        }}
      />
      {isWrong && (
        <FieldError id={problemId}>{t('pastedSecret.inField')}</FieldError>
      )}
    </div>
  );
}

type KeyFieldsProps = {
  values: KeyFieldValues;
  onChange: (values: KeyFieldValues) => void;
  disabled: boolean;
};

/** Fields that can be changed later. */
export function KeyFields(props: KeyFieldsProps) {
  const { values, onChange, disabled } = props;
  const { t } = useTranslation();
  const nameInput = useFocusOnMount<HTMLInputElement>();
  return (
    <>
      <TextWithoutSecret
        id="api-keys-name"
        inputRef={nameInput}
        label={t('form.name')}
        helperText={t('form.nameHint')}
        value={values.name}
        onChange={e => onChange({ ...values, name: e.target.value })}
        inputProps={{ maxLength: API_KEY_NAME_MAX_LENGTH }}
        autoComplete="off"
        disabled={disabled}
        required
      />
      <TextWithoutSecret
        id="api-keys-description"
        label={t('form.description')}
        value={values.description}
        onChange={e => onChange({ ...values, description: e.target.value })}
        inputProps={{ maxLength: API_KEY_DESCRIPTION_MAX_LENGTH }}
        disabled={disabled}
        multiline
        maxRows={5}
      />
    </>
  );
}
