import TextField from '@material-ui/core/TextField';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { durationInWords } from '../../shared/time/durations';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { InactivityChoice, inactivityChoices } from './inactivity';

type InactivityFieldProps = {
  policy: ApiKeyPolicy;
  value: InactivityChoice;
  /** Set if the key expires before it can go inactive. */
  pointless: boolean;
  onChange: (value: InactivityChoice) => void;
  disabled: boolean;
};

/** Picks the inactivity timeout of a new key, within the policy. */
export function InactivityField(props: InactivityFieldProps) {
  const { policy, value, pointless, onChange, disabled } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const { default: byDefault, max } = policy.inactivity;
  const source = policy.sources['inactivity.max'];

  const labelOf = (choice: InactivityChoice) => {
    if (choice === 'none') return t('inactivity.none');
    if (choice === 'default') {
      return t('inactivity.default', {
        duration: byDefault ? durationInWords(byDefault, locale) : '',
      });
    }
    return durationInWords(choice, locale);
  };

  const hints = () => {
    const duration = max ? durationInWords(max, locale) : '';
    return [
      pointless && t('inactivity.pointless'),
      t(value === 'none' ? 'inactivity.noneHint' : 'inactivity.hint'),
      max && !source && t('inactivity.max', { duration }),
      max && source && t('inactivity.maxSetFor', { duration, source }),
    ].filter(Boolean);
  };

  return (
    <TextField
      id="api-keys-inactivity"
      label={t('inactivity.label')}
      helperText={hints().join(' ')}
      value={value}
      onChange={event => onChange(event.target.value as InactivityChoice)}
      variant="outlined"
      margin="normal"
      size="small"
      disabled={disabled}
      fullWidth
      select
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
    >
      {inactivityChoices(policy.inactivity, value).map(choice => (
        <option key={choice} value={choice}>
          {labelOf(choice)}
        </option>
      ))}
    </TextField>
  );
}
