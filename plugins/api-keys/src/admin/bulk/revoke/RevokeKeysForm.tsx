import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import DialogContentText from '@material-ui/core/DialogContentText';
import Skeleton from '@material-ui/lab/Skeleton';
import { RevokeApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../../api/apiKeysApiRef';
import { ConfirmBody } from '../../../shared/dialogs/ConfirmDialog';
import { DialogText } from '../../../shared/dialogs/DialogBody';
import { useSubmit } from '../../../shared/dialogs/useSubmit';
import { AlsoRevoked } from '../../../shared/keys/AlsoRevoked';
import { LoadError } from '../../../shared/states/LoadError';
import { useTranslation } from '../../../translations/useTranslation';
import { AffectedOwners } from '../AffectedOwners';
import { KeyTarget, toRequest } from '../keyTarget';
import { Reason, ReasonField } from './ReasonField';
import { addResults, NO_RESULT, revokeInBatches } from './revokeInBatches';
import { RevokeProgress } from './RevokeProgress';

type RevokeKeysFormProps = {
  target: KeyTarget;
  onRevoked: (result: RevokeApiKeysResult) => void;
  /** Called when some keys are revoked, but not all. */
  onChanged: () => void;
  onCancel: () => void;
};

/** Shows how many keys of which owners will be revoked, asks for the reason, and revokes them. */
export function RevokeKeysForm(props: RevokeKeysFormProps) {
  const { target, onRevoked, onChanged, onCancel } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [reason, setReason] = useState<Reason>('admin');
  const counted = useAsyncRetry(
    () => api.revokeKeys({ ...toRequest(target), reason, dryRun: true }),
    [api, target, reason],
  );
  const count = counted.value?.matched ?? 0;

  // Survives a failure, so that the next attempt continues where this one stopped.
  const [done, setDone] = useState(NO_RESULT);
  const submission = useSubmit(async () => {
    let sum = done;
    try {
      for await (const batch of revokeInBatches(api, target, reason)) {
        sum = addResults(sum, batch);
        setDone(sum);
      }
      onRevoked(sum);
    } catch (thrown) {
      if (sum.revoked > 0) onChanged();
      throw thrown;
    }
  });
  const { busy } = submission;

  return (
    <ConfirmBody
      title={count ? t('bulk.title', { count }) : t('bulk.titleUnknown')}
      confirmLabel={
        count ? t('bulk.submit', { count }) : t('bulk.submitUnknown')
      }
      danger
      submission={submission}
      canConfirm={count > 0}
      onConfirm={submission.submit}
      onCancel={onCancel}
    >
      <DialogText>
        {counted.loading && !counted.value && (
          <Box role="status" aria-label={t('bulk.counting')}>
            <Skeleton height={48} />
          </Box>
        )}
        {counted.value && count === 0 && (
          <DialogContentText>{t('bulk.nothing')}</DialogContentText>
        )}
        {count > 0 && (
          <>
            <DialogContentText>
              <AffectedOwners target={target} />
            </DialogContentText>
            <DialogContentText>{t('bulk.effect')}</DialogContentText>
            <AlsoRevoked alsoRevoked={counted.value?.alsoRevoked} />
          </>
        )}
      </DialogText>
      {counted.error && (
        <LoadError
          title={t('bulk.countFailed')}
          error={counted.error}
          onRetry={async () => counted.retry()}
        />
      )}
      {count > 0 && (
        <ReasonField value={reason} onChange={setReason} disabled={busy} />
      )}
      {count > 0 && (busy || done.revoked > 0) && (
        <RevokeProgress done={done.revoked} all={count} />
      )}
    </ConfirmBody>
  );
}
