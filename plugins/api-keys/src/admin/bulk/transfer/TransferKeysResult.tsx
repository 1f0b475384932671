import DialogContentText from '@material-ui/core/DialogContentText';
import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';
import { ResultBody } from '../../../shared/dialogs/ResultBody';
import { useTranslation } from '../../../translations/useTranslation';
import { KeyTarget } from '../keyTarget';
import { TransferRefusals } from './TransferRefusals';
import { refusalsByReason } from './transferPlan';

type TransferKeysResultProps = {
  target: KeyTarget;
  group: string;
  result: TransferApiKeysResult;
  onClose: () => void;
};

/** Shows how many keys were transferred, and which were not. */
export function TransferKeysResult(props: TransferKeysResultProps) {
  const { target, group, result, onClose } = props;
  const { t } = useTranslation();
  const count = result.transferred;
  return (
    <ResultBody
      title={t('transfer.done', { count })}
      closeLabel={t('bulk.close')}
      onClose={onClose}
    >
      {count > 0 && (
        <DialogContentText>
          {t('transfer.doneText', { count, group })}
        </DialogContentText>
      )}
      <TransferRefusals
        target={target}
        refusals={refusalsByReason(result)}
        count={result.matched - count}
      />
    </ResultBody>
  );
}
