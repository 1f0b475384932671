import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import { RevokeApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../../api/apiKeysApiRef';
import { DangerButton } from '../../../shared/dialogs/DangerButton';
import { DialogButtons } from '../../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../../shared/dialogs/SubmitError';
import { useSubmit } from '../../../shared/dialogs/useSubmit';
import { AlsoRevoked } from '../../../shared/keys/AlsoRevoked';
import { LoadError } from '../../../shared/states/LoadError';
import { useTranslation } from '../../../translations/useTranslation';
import { AffectedOwners } from '../AffectedOwners';
import { KeyTarget, toRequest } from '../keyTarget';
import { Reason, ReasonField } from './ReasonField';
import { revokeInSteps } from './revokeInSteps';
import { RevokeProgress } from './RevokeProgress';

const NOTHING_YET: RevokeApiKeysResult = {
  matched: 0,
  revoked: 0,
  alsoRevoked: { items: [], totalItems: 0 },
};

function addUp(
  one: RevokeApiKeysResult,
  other: RevokeApiKeysResult,
): RevokeApiKeysResult {
  return {
    matched: one.matched + other.matched,
    revoked: one.revoked + other.revoked,
    alsoRevoked: {
      items: [...one.alsoRevoked.items, ...other.alsoRevoked.items],
      totalItems: one.alsoRevoked.totalItems + other.alsoRevoked.totalItems,
    },
  };
}

type RevokeKeysFormProps = {
  target: KeyTarget;
  titleId: string;
  textId: string;
  onBusy: (busy: boolean) => void;
  onRevoked: (result: RevokeApiKeysResult) => void;
  /** Some are revoked, though not all. */
  onChanged: () => void;
  onCancel: () => void;
};

/** Says how many keys of whom stop working, asks why, and revokes them. */
export function RevokeKeysForm(props: RevokeKeysFormProps) {
  const { target, titleId, textId, onBusy, onRevoked, onChanged, onCancel } =
    props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [reason, setReason] = useState<Reason>('admin');
  const counted = useAsyncRetry(
    () => api.revokeKeys({ ...toRequest(target), reason, dryRun: true }),
    [api, target, reason],
  );
  const count = counted.value?.matched;

  // Kept over a failure: what is done is done, and the next attempt goes on from there.
  const [done, setDone] = useState(NOTHING_YET);
  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      onBusy(true);
      let sum = done;
      try {
        for await (const step of revokeInSteps(api, target, reason)) {
          sum = addUp(sum, step);
          setDone(sum);
        }
        onRevoked(sum);
      } catch (thrown) {
        if (sum.revoked > 0) onChanged();
        throw thrown;
      } finally {
        onBusy(false);
      }
    }, [api, target, reason, done, onBusy, onChanged, onRevoked]),
  );

  return (
    <>
      <DialogTitle id={titleId}>
        {count ? t('bulk.title', { count }) : t('bulk.titleUnknown')}
      </DialogTitle>
      <DialogContent>
        <div id={textId}>
          {counted.loading && !counted.value && (
            <Box role="status" aria-label={t('bulk.counting')}>
              <Skeleton height={48} />
            </Box>
          )}
          {count === 0 && (
            <DialogContentText>{t('bulk.nothing')}</DialogContentText>
          )}
          {Boolean(count) && (
            <>
              <DialogContentText>
                <AffectedOwners target={target} />
              </DialogContentText>
              <DialogContentText>{t('bulk.effect')}</DialogContentText>
              <AlsoRevoked alsoRevoked={counted.value?.alsoRevoked} />
            </>
          )}
        </div>
        {counted.error && (
          <LoadError
            title={t('bulk.countFailed')}
            error={counted.error}
            onRetry={async () => counted.retry()}
          />
        )}
        {Boolean(count) && (
          <ReasonField value={reason} onChange={setReason} disabled={busy} />
        )}
        {(busy || done.revoked > 0) && Boolean(count) && (
          <RevokeProgress done={done.revoked} all={count ?? 0} />
        )}
        <SubmitError error={error} />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onCancel} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <DangerButton onClick={submit} disabled={busy || !count}>
          {count ? t('bulk.submit', { count }) : t('bulk.submitUnknown')}
        </DangerButton>
      </DialogButtons>
    </>
  );
}
