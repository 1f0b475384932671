import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import TextField from '@material-ui/core/TextField';
import { ApiKey, ApiKeyOwnerPolicy } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { FormBody } from '../../shared/dialogs/FormDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { LastDayField } from '../../shared/fields/LastDayField';
import { useLastDay } from '../../shared/fields/useLastDay';
import { durationInWords } from '../../shared/time/durations';
import { latestEnd } from '../../shared/time/newExpiry';
import { dayAndTime } from '../../shared/time/formatTime';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';

type SetExpiryFormProps = {
  title: string;
  apiKey: ApiKey;
  policy: ApiKeyOwnerPolicy;
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Picks another expiry for a key, within the policy of its owner. */
export function SetExpiryForm(props: SetExpiryFormProps) {
  const { title, apiKey, policy, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const locale = useLocale();
  const { lifetime } = policy.effective;
  const latest = latestEnd(apiKey, lifetime);
  const [never, setNever] = useState(false);
  const { picked, errorText, field } = useLastDay(latest);
  const expiresOn = 'expiresAt' in picked ? picked.expiresAt : undefined;
  const expiresAt = never ? null : expiresOn;
  const submission = useSubmit(async () => {
    if (expiresAt === undefined) return;
    await api.setKeyExpiry(apiKey.id, { expiresAt });
    await onSaved();
    onClose();
  });
  const { busy } = submission;
  const inWords = (time: DateTime) => dayAndTime(time, locale);
  return (
    <FormBody
      title={title}
      submitLabel={t('setExpiry.submit')}
      submission={submission}
      canSubmit={expiresAt !== undefined}
      onCancel={onClose}
    >
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
          {...field}
          id="api-keys-new-expiry-date"
          helperText={errorText}
          disabled={busy}
        />
      )}
    </FormBody>
  );
}
