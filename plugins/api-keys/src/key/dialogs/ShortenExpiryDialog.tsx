import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { FormEvent, useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { LastDayField } from '../../shared/fields/LastDayField';
import { daysToPick, endOfDay } from '../../shared/time/newExpiry';
import { dayAndTime } from '../../shared/time/relativeTime';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';

const TITLE_ID = 'api-keys-shorten-title';

/** For a key without an end, any day will do that a date picker reaches without effort. */
const FAR_AWAY = { years: 10 };

type ShortenExpiryDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Lets a key end earlier; later it cannot. */
export function ShortenExpiryDialog(props: ShortenExpiryDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const locale = useLocale();
  const [now] = useState(() => Date.now());
  const [day, setDay] = useState('');
  const latest = apiKey.expiresAt
    ? DateTime.fromISO(apiKey.expiresAt)
    : DateTime.fromMillis(now).plus(FAR_AWAY);
  const days = daysToPick(latest, now);
  const picked = endOfDay(day, latest, now);
  const expiresAt = 'expiresAt' in picked ? picked.expiresAt : undefined;

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      if (!expiresAt) return;
      await api.updateKey(apiKey.id, { expiresAt });
      await onSaved();
      onClose();
    }, [api, apiKey.id, expiresAt, onSaved, onClose]),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  const inWords = (time: DateTime) => dayAndTime(time, locale);
  const helperText = () => {
    if (expiresAt) {
      return t('shorten.ends', { date: inWords(DateTime.fromISO(expiresAt)) });
    }
    return day && 'problem' in picked
      ? t(`expiry.${picked.problem}`, { date: inWords(latest) })
      : undefined;
  };

  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      aria-labelledby={TITLE_ID}
      maxWidth="sm"
      fullWidth
    >
      <form onSubmit={onSubmit} noValidate>
        <DialogTitle id={TITLE_ID}>
          {t('shorten.title', { name: apiKey.name })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText>
            {apiKey.expiresAt
              ? t('setExpiry.current', { date: inWords(latest) })
              : t('setExpiry.currentNever')}{' '}
            {t('shorten.effect')}
          </DialogContentText>
          <LastDayField
            id="api-keys-shorten-date"
            value={day}
            days={days}
            error={Boolean(day) && 'problem' in picked}
            helperText={helperText()}
            disabled={busy}
            onChange={setDay}
          />
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
            disabled={busy || !expiresAt}
          >
            {t('shorten.submit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
