import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { FormDialog } from '../../shared/dialogs/FormDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { LastDayField } from '../../shared/fields/LastDayField';
import { useLastDay } from '../../shared/fields/useLastDay';
import { dayAndTime } from '../../shared/time/formatTime';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';

/** Bound of the date picker for a key without expiry. */
const FAR_AWAY = { years: 10 };

type ShortenExpiryDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Moves the expiry of a key to an earlier day. Owners cannot move it to a later one. */
export function ShortenExpiryDialog(props: ShortenExpiryDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const locale = useLocale();
  const [latest] = useState(() =>
    apiKey.expiresAt
      ? DateTime.fromISO(apiKey.expiresAt)
      : DateTime.now().plus(FAR_AWAY),
  );
  const { picked, errorText, field } = useLastDay(latest);
  const expiresAt = 'expiresAt' in picked ? picked.expiresAt : undefined;
  const submission = useSubmit(async () => {
    if (!expiresAt) return;
    await api.updateKey(apiKey.id, { expiresAt });
    await onSaved();
    onClose();
  });
  const inWords = (time: DateTime) => dayAndTime(time, locale);
  return (
    <FormDialog
      id="api-keys-shorten"
      title={t('shorten.title', { name: apiKey.name })}
      submitLabel={t('shorten.submit')}
      submission={submission}
      canSubmit={expiresAt !== undefined}
      onClose={onClose}
    >
      <DialogContentText>
        {apiKey.expiresAt
          ? t('setExpiry.current', { date: inWords(latest) })
          : t('setExpiry.currentNever')}{' '}
        {t('shorten.effect')}
      </DialogContentText>
      <LastDayField
        {...field}
        id="api-keys-shorten-date"
        helperText={
          expiresAt
            ? t('shorten.ends', { date: inWords(DateTime.fromISO(expiresAt)) })
            : errorText
        }
        disabled={submission.busy}
      />
    </FormDialog>
  );
}
