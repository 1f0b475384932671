import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { ApiKey, RotateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { isResponseError } from '../../shared/data/errors';
import { FormBody } from '../../shared/dialogs/FormDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { KeyLastUse } from '../../shared/list/cells';
import { SecretFormProps } from '../../shared/secret/SecretDialog';
import { useTranslation } from '../../translations/useTranslation';
import { OverlapText } from './OverlapText';

type Overlap = NonNullable<RotateApiKeyRequest['overlap']>;

const OVERLAPS: Overlap[] = ['until-first-use', 'immediately'];

type RotateKeyFormProps = SecretFormProps & { apiKey: ApiKey };

/** Asks when the old secret stops working, and rotates the key. */
export function RotateKeyForm(props: RotateKeyFormProps) {
  const { apiKey, onCreated, onCancel } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [overlap, setOverlap] = useState<Overlap>('until-first-use');
  const submission = useSubmit(async () => {
    onCreated(await api.rotateKey(apiKey.id, { overlap }));
  });
  const { busy, error } = submission;
  return (
    <FormBody
      title={t('rotate.title', { name: apiKey.name })}
      submitLabel={t('rotate.submit')}
      submission={submission}
      onCancel={onCancel}
      advice={error && !isResponseError(error) && t('rotate.outcomeUnknown')}
    >
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
        {apiKey.lastUsedAt
          ? t('rotate.lastUsed', { when: <KeyLastUse apiKey={apiKey} /> })
          : t('rotate.neverUsed')}
      </DialogContentText>
    </FormBody>
  );
}
