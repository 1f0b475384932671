import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { DateTime, Duration } from 'luxon';
import { useLocale } from '../../hooks/useLocale';
import {
  dateRange,
  Expiry,
  ExpiryChoice,
  expiryChoices,
  initialDate,
} from '../../lib/expiry';
import { apiKeysTranslationRef } from '../../translation';

/** What is picked in the field. */
export type ExpiryFieldValue = { choice: ExpiryChoice; date: string };

const valueOf = (choice: ExpiryChoice) =>
  choice.kind === 'preset' ? `${choice.days}` : choice.kind;

/** Lets the user choose when a new key ends, within the policy. */
export const ExpiryField = (props: {
  policy: ApiKeyPolicy;
  now: number;
  value: ExpiryFieldValue;
  expiry: Expiry;
  onChange: (value: ExpiryFieldValue) => void;
  disabled: boolean;
}) => {
  const { policy, now, value, expiry, onChange, disabled } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const locale = useLocale();
  const choices = expiryChoices(policy.lifetime, now);
  const range = dateRange(policy.lifetime, now);

  const labelOf = (choice: ExpiryChoice) => {
    switch (choice.kind) {
      case 'preset':
        return t('expiry.days', { count: choice.days });
      case 'default':
        return t('expiry.default', {
          duration: Duration.fromISO(policy.lifetime.default)
            .reconfigure({ locale })
            .toHuman(),
        });
      default:
        return t(`expiry.${choice.kind}`);
    }
  };

  const choose = (picked: string) => {
    const choice = choices.find(c => valueOf(c) === picked);
    if (!choice) return;
    const date = value.date || initialDate(policy.lifetime, now);
    onChange({ choice, date });
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
        <TextField
          id="api-keys-expiry-date"
          label={t('expiry.lastDay')}
          type="date"
          value={value.date}
          onChange={event => onChange({ ...value, date: event.target.value })}
          inputProps={range}
          error={'problem' in expiry}
          helperText={problemText()}
          variant="outlined"
          margin="normal"
          size="small"
          disabled={disabled}
          fullWidth
          required
          InputLabelProps={{ shrink: true }}
        />
      )}
    </>
  );
};
