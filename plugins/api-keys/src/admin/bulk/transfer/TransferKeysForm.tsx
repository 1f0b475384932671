import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../../api/apiKeysApiRef';
import { DangerButton } from '../../../shared/dialogs/DangerButton';
import { DialogButtons } from '../../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../../shared/dialogs/SubmitError';
import { useSubmit } from '../../../shared/dialogs/useSubmit';
import { LoadError } from '../../../shared/states/LoadError';
import { useTranslation } from '../../../translations/useTranslation';
import { AffectedOwners } from '../AffectedOwners';
import { KeyTarget, toRequest } from '../keyTarget';
import { GroupField } from './GroupField';
import { Refusals } from './Refusals';
import { TransferEffect } from './TransferEffect';
import { planOf } from './transferPlan';
import { useTransferPreview } from './useTransferPreview';

type TransferKeysFormProps = {
  target: KeyTarget;
  titleId: string;
  onBusy: (busy: boolean) => void;
  onTransferred: (group: string, result: TransferApiKeysResult) => void;
  /** Some may belong to the group all the same. */
  onFailed: () => void;
  onCancel: () => void;
};

/** Picks a group, says what becomes of the keys, and gives them to it. */
export function TransferKeysForm(props: TransferKeysFormProps) {
  const { target, titleId, onBusy, onTransferred, onFailed, onCancel } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [group, setGroup] = useState('');
  const preview = useTransferPreview(target, group);
  const plan = preview.value && planOf(preview.value);

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      onBusy(true);
      try {
        const request = { ...toRequest(target), owner: group };
        onTransferred(group, await api.transferKeys(request));
      } catch (thrown) {
        onFailed();
        throw thrown;
      } finally {
        onBusy(false);
      }
    }, [api, target, group, onBusy, onTransferred, onFailed]),
  );

  return (
    <>
      <DialogTitle id={titleId}>{useTitle(target)}</DialogTitle>
      <DialogContent>
        <DialogContentText>
          {'keys' in target && target.keys.length === 1 ? (
            t('revoke.owner', { owner: target.keys[0].owner })
          ) : (
            <AffectedOwners target={target} />
          )}
        </DialogContentText>
        <GroupField value={group} onChange={setGroup} disabled={busy} />
        {preview.loading && (
          <Box mt={2} role="status" aria-label={t('transfer.counting')}>
            <Skeleton height={72} />
          </Box>
        )}
        {preview.error && (
          <Box mt={2}>
            <LoadError
              title={t('transfer.countFailed')}
              error={preview.error}
              onRetry={preview.retry}
            />
          </Box>
        )}
        {plan && (
          <Box mt={2} role="status">
            {plan.going === 0 ? (
              <DialogContentText>{t('transfer.nothing')}</DialogContentText>
            ) : (
              <TransferEffect target={target} group={group} plan={plan} />
            )}
            <Refusals
              target={target}
              refusals={plan.refusals}
              count={plan.staying}
              orMore={plan.isCapped}
            />
          </Box>
        )}
        <SubmitError error={error} />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onCancel} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <DangerButton onClick={submit} disabled={busy || !plan?.going}>
          {plan?.going && !plan.isCapped
            ? t('transfer.submit', { count: plan.going })
            : t('transfer.submitUnknown')}
        </DangerButton>
      </DialogButtons>
    </>
  );
}

function useTitle(target: KeyTarget): string {
  const { t } = useTranslation();
  if ('filter' in target) return t('transfer.titleMatching');
  const [{ name }, ...others] = target.keys;
  return others.length === 0
    ? t('transfer.titleOf', { name })
    : t('transfer.title', { count: target.keys.length });
}
