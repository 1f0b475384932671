import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';
import { DialogButtons } from '../../../shared/dialogs/DialogButtons';
import { useTranslation } from '../../../translations/useTranslation';
import { KeyTarget } from '../keyTarget';
import { Refusals } from './Refusals';
import { refusalsOf } from './transferPlan';

type TransferKeysResultProps = {
  target: KeyTarget;
  group: string;
  result: TransferApiKeysResult;
  titleId: string;
  onClose: () => void;
};

/** Says what became of it. */
export function TransferKeysResult(props: TransferKeysResultProps) {
  const { target, group, result, titleId, onClose } = props;
  const { t } = useTranslation();
  const count = result.transferred;
  return (
    <>
      <DialogTitle id={titleId}>{t('transfer.done', { count })}</DialogTitle>
      <DialogContent>
        {count > 0 && (
          <DialogContentText>
            {t('transfer.doneText', { count, group })}
          </DialogContentText>
        )}
        <Refusals
          target={target}
          refusals={refusalsOf(result)}
          count={result.matched - count}
        />
      </DialogContent>
      <DialogButtons>
        <Button variant="contained" color="primary" onClick={onClose}>
          {t('bulk.close')}
        </Button>
      </DialogButtons>
    </>
  );
}
