import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import TextField from '@material-ui/core/TextField';
import { ApiKey, ApiKeyOwnerPolicy } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { FormEvent, useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { LastDayField } from '../../shared/fields/LastDayField';
import { durationInWords } from '../../shared/time/durations';
import { daysToPick, endOfDay, latestEnd } from '../../shared/time/newExpiry';
import { dayAndTime } from '../../shared/time/relativeTime';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';

type SetExpiryFormProps = {
  apiKey: ApiKey;
  policy: ApiKeyOwnerPolicy;
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Picks another end for a key, as far as the policy of its owner lets it live. */
export function SetExpiryForm(props: SetExpiryFormProps) {
  const { apiKey, policy, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const locale = useLocale();
  const { lifetime } = policy.effective;
  const [now] = useState(() => Date.now());
  const latest = latestEnd(apiKey, lifetime);
  const days = daysToPick(latest, now);
  const [never, setNever] = useState(false);
  const [day, setDay] = useState('');
  const picked = never ? { expiresAt: null } : endOfDay(day, latest, now);
  const expiresAt = 'problem' in picked ? undefined : picked.expiresAt;

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      if (expiresAt === undefined) return;
      await api.setKeyExpiry(apiKey.id, { expiresAt });
      await onSaved();
      onClose();
    }, [api, apiKey.id, expiresAt, onSaved, onClose]),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  const inWords = (time: DateTime) => dayAndTime(time, locale);
  const problemText =
    day && 'problem' in picked
      ? t(`expiry.${picked.problem}`, { date: inWords(latest) })
      : undefined;

  return (
    <form onSubmit={onSubmit} noValidate>
      <DialogContent>
        <DialogContentText>
          {apiKey.expiresAt
            ? t('setExpiry.current', {
                date: inWords(DateTime.fromISO(apiKey.expiresAt)),
              })
            : t('setExpiry.currentNever')}{' '}
          {t('setExpiry.latest', {
            owner: apiKey.owner,
            duration: durationInWords(lifetime.max, locale),
            date: inWords(latest),
          })}
        </DialogContentText>
        {lifetime.allowUnlimited && (
          <TextField
            id="api-keys-new-expiry"
            label={t('expiry.label')}
            value={never ? 'never' : 'date'}
            onChange={event => setNever(event.target.value === 'never')}
            disabled={busy}
            variant="outlined"
            margin="normal"
            size="small"
            fullWidth
            select
            SelectProps={{ native: true }}
            InputLabelProps={{ shrink: true }}
          >
            <option value="date">{t('expiry.date')}</option>
            <option value="never">{t('expiry.never')}</option>
          </TextField>
        )}
        {!never && (
          <LastDayField
            id="api-keys-new-expiry-date"
            value={day}
            days={days}
            error={problemText !== undefined}
            helperText={problemText}
            disabled={busy}
            onChange={setDay}
          />
        )}
        <SubmitError error={error} />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onClose} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          disabled={busy || expiresAt === undefined}
        >
          {t('setExpiry.submit')}
        </Button>
      </DialogButtons>
    </form>
  );
}
