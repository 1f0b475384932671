import FormHelperText from '@material-ui/core/FormHelperText';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { ApiKeyPolicyField } from 'backstage-plugin-api-keys-common';
import { FieldError, problemColor } from '../../shared/fields/FieldError';
import { useTranslation } from '../../translations/useTranslation';
import { PluginsField } from './PluginsField';
import { LimitProblem } from './policyErrors';
import { PolicyValue } from './policyFields';
import { LimitChoice, limitChoices, LimitInput } from './policyForm';
import { usePolicyTexts } from './usePolicyTexts';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  inputs: { display: 'flex', gap: theme.spacing(1) },
  choice: { flex: '1 1 0', minWidth: 0 },
  number: {
    flex: '0 0 96px',
    '& label.Mui-error': { color: problemColor(theme) },
  },
}));

const NO_PLUGINS: readonly string[] = [];

const UNITS: Partial<Record<ApiKeyPolicyField, 'keys' | 'plugins'>> = {
  'limits.keysPerOwner': 'keys',
  'restrictions.maxPlugins': 'plugins',
};

type LimitFieldProps = {
  field: ApiKeyPolicyField;
  configured: PolicyValue;
  /** Left to others, it is not allowed. */
  ruledOut: boolean;
  value: LimitInput;
  problem: LimitProblem | undefined;
  onChange: (value: LimitInput) => void;
  disabled: boolean;
};

/** Sets a field of a policy, or leaves it to others. */
export function LimitField(props: LimitFieldProps) {
  const { field, configured, ruledOut, value, problem, onChange, disabled } =
    props;
  const { t } = useTranslation();
  const { valueInWords } = usePolicyTexts();
  const classes = useStyles();
  const id = `api-keys-policy-${field.replace('.', '-')}`;
  const problemId = `${id}-problem`;
  const unit = UNITS[field] ?? 'days';

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
      default:
        return valueInWords(field, choice === 'yes');
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
              'aria-describedby': problem && problemId,
            }}
            InputLabelProps={{ shrink: true }}
            autoComplete="off"
            variant="outlined"
            size="small"
            error={problem !== undefined}
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
      {problem && (
        <FieldError id={problemId}>
          {t(`policyForm.problem.${problem}`)}
        </FieldError>
      )}
      {ruledOut && value.choice === 'unset' && (
        <FormHelperText>{t('policyForm.ruledOutHint')}</FormHelperText>
      )}
    </div>
  );
}
