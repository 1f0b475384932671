import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import DialogContentText from '@material-ui/core/DialogContentText';
import Skeleton from '@material-ui/lab/Skeleton';
import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { apiKeysApiRef } from '../../../api/apiKeysApiRef';
import { ConfirmBody } from '../../../shared/dialogs/ConfirmDialog';
import { useSubmit } from '../../../shared/dialogs/useSubmit';
import { LoadError } from '../../../shared/states/LoadError';
import { useTranslation } from '../../../translations/useTranslation';
import { AffectedOwners } from '../AffectedOwners';
import { KeyTarget, toRequest } from '../keyTarget';
import { GroupField } from './GroupField';
import { TransferEffect } from './TransferEffect';
import { planTransfer } from './transferPlan';
import { TransferRefusals } from './TransferRefusals';
import { useTransferPreview } from './useTransferPreview';

type TransferKeysFormProps = {
  target: KeyTarget;
  onTransferred: (group: string, result: TransferApiKeysResult) => void;
  /** Called on an error, after which some keys may have been transferred. */
  onFailed: () => void;
  onCancel: () => void;
};

/** Asks for a group, shows the effect of the transfer, and transfers the keys. */
export function TransferKeysForm(props: TransferKeysFormProps) {
  const { target, onTransferred, onFailed, onCancel } = props;
  const { t } = useTranslation();
  const title = useTitle(target);
  const api = useApi(apiKeysApiRef);
  const [group, setGroup] = useState('');
  const preview = useTransferPreview(target, group);
  const plan = preview.value && planTransfer(preview.value);
  const submission = useSubmit(async () => {
    try {
      const request = { ...toRequest(target), owner: group };
      onTransferred(group, await api.transferKeys(request));
    } catch (thrown) {
      onFailed();
      throw thrown;
    }
  });

  return (
    <ConfirmBody
      title={title}
      confirmLabel={
        plan?.going && !plan.isCapped
          ? t('transfer.submit', { count: plan.going })
          : t('transfer.submitUnknown')
      }
      danger
      submission={submission}
      canConfirm={Boolean(plan?.going)}
      onConfirm={submission.submit}
      onCancel={onCancel}
    >
      <DialogContentText>
        {'keys' in target && target.keys.length === 1 ? (
          t('revoke.owner', { owner: target.keys[0].owner })
        ) : (
          <AffectedOwners target={target} />
        )}
      </DialogContentText>
      <GroupField
        value={group}
        onChange={setGroup}
        disabled={submission.busy}
      />
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
          <TransferRefusals
            target={target}
            refusals={plan.refusals}
            count={plan.staying}
            orMore={plan.isCapped}
          />
        </Box>
      )}
    </ConfirmBody>
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
