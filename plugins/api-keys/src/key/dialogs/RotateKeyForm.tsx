import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { ApiKey, RotateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { FormEvent, useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { isResponseError } from '../../shared/data/errors';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { KeyLastUse } from '../../shared/list/cells';
import { SecretFormProps } from '../../shared/secret/SecretDialog';
import { useTranslation } from '../../translations/useTranslation';
import { OverlapText } from './OverlapText';

type Overlap = NonNullable<RotateApiKeyRequest['overlap']>;

const OVERLAPS: Overlap[] = ['until-first-use', 'immediately'];

type RotateKeyFormProps = SecretFormProps & { titleId: string; apiKey: ApiKey };

/** Asks what is to become of the old secret, says when, and makes the new one. */
export function RotateKeyForm(props: RotateKeyFormProps) {
  const { titleId, apiKey, onBusy, onCreated, onCancel } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [overlap, setOverlap] = useState<Overlap>('until-first-use');

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      onBusy(true);
      try {
        onCreated(await api.rotateKey(apiKey.id, { overlap }));
      } finally {
        onBusy(false);
      }
    }, [api, apiKey.id, overlap, onBusy, onCreated]),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };

  return (
    <form onSubmit={onSubmit} noValidate>
      <DialogTitle id={titleId}>
        {t('rotate.title', { name: apiKey.name })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText>{t('rotate.effect')}</DialogContentText>
        <RadioGroup
          name="api-keys-overlap"
          aria-label={t('rotate.overlap')}
          value={overlap}
          onChange={event => {
            const picked = OVERLAPS.find(each => each === event.target.value);
            if (picked) setOverlap(picked);
          }}
        >
          {OVERLAPS.map(each => (
            <FormControlLabel
              key={each}
              value={each}
              disabled={busy}
              control={<Radio color="primary" />}
              label={t(`rotate.overlap_${each}`)}
            />
          ))}
        </RadioGroup>
        <DialogContentText role="status">
          <OverlapText apiKey={apiKey} overlap={overlap} />
        </DialogContentText>
        <DialogContentText>
          {t('rotate.lastUsed', { when: <KeyLastUse apiKey={apiKey} /> })}
        </DialogContentText>
        <SubmitError
          error={error}
          advice={
            error && !isResponseError(error) && t('rotate.outcomeUnknown')
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
          disabled={busy}
        >
          {t('rotate.submit')}
        </Button>
      </DialogButtons>
    </form>
  );
}
