import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FormEvent, useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api';
import { useApiKeyPolicy } from '../../hooks/useApiKeyPolicy';
import { useNow } from '../../hooks/useNow';
import { useSubmit } from '../../hooks/useSubmit';
import { initialChoice, resolveExpiry } from '../../lib/expiry';
import { isResponseError } from '../../lib/errors';
import { apiKeysTranslationRef } from '../../translation';
import { DialogButtons } from '../DialogButtons';
import type { ExpiryFieldValue } from '../ExpiryField/ExpiryField';
import { KeyFields } from '../KeyFields';
import { SecretFormProps } from '../SecretDialog';
import { SubmitError } from '../SubmitError';
import { PolicySection } from './PolicySection';

/** Asks what a new key is for and how long it may last, and makes it. */
export const CreateKeyForm = (
  props: SecretFormProps & {
    titleId: string;
    /** The model of the new key. */
    from?: ApiKey;
  },
) => {
  const { titleId, from, onBusy, onCreated, onCancel } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const api = useApi(apiKeysApiRef);
  const now = useNow();
  const { policy, error: policyError, retry } = useApiKeyPolicy();
  const [values, setValues] = useState({
    name: from?.name ?? '',
    description: from?.description ?? '',
  });
  const [picked, setPicked] = useState<ExpiryFieldValue>();

  const lifetime = policy?.lifetime;
  const value =
    picked ?? (lifetime && { choice: initialChoice(lifetime, now), date: '' });
  const expiry =
    value && lifetime && resolveExpiry(value.choice, value.date, lifetime, now);
  const name = values.name.trim();
  const description = values.description.trim();
  const request = expiry && 'request' in expiry ? expiry.request : undefined;

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      if (!name || !request) return;
      onBusy(true);
      try {
        const key = { name, ...(description && { description }), ...request };
        onCreated(await api.createKey(key));
      } finally {
        onBusy(false);
      }
    }, [api, name, description, request, onBusy, onCreated]),
  );

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };

  return (
    <form onSubmit={onSubmit} noValidate>
      <DialogTitle id={titleId}>{t('create.title')}</DialogTitle>
      <DialogContent>
        <KeyFields values={values} onChange={setValues} disabled={busy} />
        <PolicySection
          policy={policy}
          error={policyError}
          onRetry={retry}
          now={now}
          value={value}
          expiry={expiry}
          onChange={setPicked}
          disabled={busy}
        />
        <SubmitError
          error={error}
          advice={
            error && !isResponseError(error) && t('create.outcomeUnknown')
          }
        />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onCancel} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          disabled={busy || !name || !request}
        >
          {t('create.submit')}
        </Button>
      </DialogButtons>
    </form>
  );
};
