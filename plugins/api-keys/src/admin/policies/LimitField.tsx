import FormHelperText from '@material-ui/core/FormHelperText';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { ApiKeyPolicyField } from 'backstage-plugin-api-keys-common';
import { FieldError, errorTextColor } from '../../shared/fields/FieldError';
import { useTranslation } from '../../translations/useTranslation';
import { PluginsField } from './PluginsField';
import { LimitError, numberUnit } from './policyErrors';
import { PolicyValue } from './policyFieldSpecs';
import { LimitChoice, limitChoices, LimitInput } from './policyForm';
import { usePolicyTexts } from './usePolicyTexts';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  inputs: { display: 'flex', gap: theme.spacing(1) },
  choice: { flex: '1 1 0', minWidth: 0 },
  number: {
    flex: '0 0 96px',
    '& label.Mui-error': { color: errorTextColor(theme) },
  },
}));

const NO_PLUGINS: readonly string[] = [];

type LimitFieldProps = {
  field: ApiKeyPolicyField;
  configured: PolicyValue;
  /** Set if the default of the field does not apply, because another field is set. */
  ruledOut: boolean;
  value: LimitInput;
  error: LimitError | undefined;
  onChange: (value: LimitInput) => void;
  disabled: boolean;
};

/** Sets one field of a policy, or leaves it at its default. */
export function LimitField(props: LimitFieldProps) {
  const { field, configured, ruledOut, value, error, onChange, disabled } =
    props;
  const { t } = useTranslation();
  const { valueInWords } = usePolicyTexts();
  const classes = useStyles();
  const id = `api-keys-policy-${field.replace('.', '-')}`;
  const errorId = `${id}-problem`;
  const unit = numberUnit(field) ?? 'days';

  const labelOf = (choice: LimitChoice) => {
    switch (choice) {
      case 'unset':
        return ruledOut
          ? t('policyForm.unsetAndRuledOut')
          : t('policyForm.unset', { value: valueInWords(field, configured) });
      case 'number':
        return t(`policyForm.${unit}Choice`);
      case 'kept':
        return t('policyForm.kept', {
          value: valueInWords(field, value.kept ?? null),
        });
      case 'none':
        return valueInWords(field, null);
      case 'plugins':
        return t('policyForm.forbiddenChoice');
      case 'yes':
      case 'no':
        return valueInWords(field, choice === 'yes');
      default:
        return choice satisfies never;
    }
  };

  return (
    <div className={classes.root}>
      <div className={classes.inputs}>
        <TextField
          id={id}
          className={classes.choice}
          label={t(`policyField.${field}`)}
          value={value.choice}
          onChange={event =>
            onChange({ ...value, choice: event.target.value as LimitChoice })
          }
          select
          SelectProps={{ native: true }}
          InputLabelProps={{ shrink: true }}
          variant="outlined"
          size="small"
          disabled={disabled}
        >
          {limitChoices(field, value).map(choice => (
            <option key={choice} value={choice}>
              {labelOf(choice)}
            </option>
          ))}
        </TextField>
        {value.choice === 'number' && (
          <TextField
            id={`${id}-number`}
            className={classes.number}
            label={t(`policyForm.${unit}`)}
            value={value.number}
            onChange={event =>
              onChange({ ...value, number: event.target.value })
            }
            inputProps={{
              inputMode: 'numeric',
              maxLength: 6,
              'aria-describedby': error && errorId,
            }}
            InputLabelProps={{ shrink: true }}
            autoComplete="off"
            variant="outlined"
            size="small"
            error={error !== undefined}
            disabled={disabled}
          />
        )}
      </div>
      {value.choice === 'plugins' && (
        <PluginsField
          id={`${id}-plugins`}
          value={value.plugins ?? NO_PLUGINS}
          onChange={plugins => onChange({ ...value, plugins })}
          disabled={disabled}
        />
      )}
      {error && (
        <FieldError id={errorId}>{t(`policyForm.problem.${error}`)}</FieldError>
      )}
      {ruledOut && value.choice === 'unset' && (
        <FormHelperText>{t('policyForm.ruledOutHint')}</FormHelperText>
      )}
    </div>
  );
}
