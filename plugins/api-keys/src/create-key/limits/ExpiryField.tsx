import TextField from '@material-ui/core/TextField';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { LastDayField } from '../../shared/fields/LastDayField';
import { durationInWords } from '../../shared/time/durations';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import {
  dateRange,
  Expiry,
  ExpiryChoice,
  expiryChoices,
  ExpiryFieldValue,
  initialDate,
} from './expiry';

const valueOf = (choice: ExpiryChoice) =>
  choice.kind === 'preset' ? `${choice.days}` : choice.kind;

type ExpiryFieldProps = {
  policy: ApiKeyPolicy;
  now: number;
  value: ExpiryFieldValue;
  expiry: Expiry;
  onChange: (value: ExpiryFieldValue) => void;
  disabled: boolean;
};

/** Picks the expiry of a new key, within the policy. */
export function ExpiryField(props: ExpiryFieldProps) {
  const { policy, now, value, expiry, onChange, disabled } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const choices = expiryChoices(policy.lifetime, now);
  const range = dateRange(policy.lifetime, now);

  const labelOf = (choice: ExpiryChoice) => {
    switch (choice.kind) {
      case 'preset':
        return t('expiry.days', { count: choice.days });
      case 'default':
        return t('expiry.default', {
          duration: durationInWords(policy.lifetime.default, locale),
        });
      case 'never':
      case 'date':
        return t(`expiry.${choice.kind}`);
      default:
        throw new Error(`Unknown choice: ${choice satisfies never}`);
    }
  };

  const choose = (picked: string) => {
    const choice = choices.find(c => valueOf(c) === picked);
    if (!choice) return;
    const date = value.date || initialDate(policy.lifetime, now);
    onChange({ choice, date });
  };

  const hints = () => {
    const { max, allowUnlimited } = policy.lifetime;
    const source = policy.sources['lifetime.max'];
    const duration = durationInWords(max, locale);
    return [
      value.choice.kind !== 'never' && t('expiry.hint'),
      // A maximum lifetime would contradict a key without expiry.
      !allowUnlimited && !source && t('expiry.max', { duration }),
      !allowUnlimited && source && t('expiry.maxSetFor', { duration, source }),
    ].filter(Boolean);
  };

  const problemText = () => {
    if (!('problem' in expiry)) return undefined;
    const date = DateTime.fromISO(range.max)
      .setLocale(locale)
      .toLocaleString(DateTime.DATE_FULL);
    return t(`expiry.${expiry.problem}`, { date });
  };

  return (
    <>
      <TextField
        id="api-keys-expiry"
        label={t('expiry.label')}
        helperText={hints().join(' ')}
        value={valueOf(value.choice)}
        onChange={event => choose(event.target.value)}
        variant="outlined"
        margin="normal"
        size="small"
        disabled={disabled}
        fullWidth
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
      >
        {choices.map(choice => (
          <option key={valueOf(choice)} value={valueOf(choice)}>
            {labelOf(choice)}
          </option>
        ))}
      </TextField>
      {value.choice.kind === 'date' && (
        <LastDayField
          id="api-keys-expiry-date"
          value={value.date}
          days={range}
          error={'problem' in expiry}
          helperText={problemText()}
          disabled={disabled}
          onChange={date => onChange({ ...value, date })}
        />
      )}
    </>
  );
}
