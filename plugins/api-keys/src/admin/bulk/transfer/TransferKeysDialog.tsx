import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { DialogFrame } from '../../../shared/dialogs/DialogFrame';
import { KeyTarget } from '../keyTarget';
import { TransferKeysForm } from './TransferKeysForm';
import { TransferKeysResult } from './TransferKeysResult';

type TransferKeysDialogProps = {
  /** Has to stay the same object while the dialog is open. */
  target: KeyTarget;
  /** Called when some or all keys are transferred, while the result is still shown. */
  onTransferred: () => void;
  onClose: () => void;
};

/** Transfers keys to a group, then shows the result. */
export function TransferKeysDialog(props: TransferKeysDialogProps) {
  const { target, onTransferred, onClose } = props;
  const [done, setDone] = useState<{
    group: string;
    result: TransferApiKeysResult;
  }>();
  return (
    <DialogFrame id="api-keys-transfer" onClose={onClose}>
      {done ? (
        <TransferKeysResult {...done} target={target} onClose={onClose} />
      ) : (
        <TransferKeysForm
          target={target}
          onTransferred={(group, result) => {
            setDone({ group, result });
            onTransferred();
          }}
          onFailed={onTransferred}
          onCancel={onClose}
        />
      )}
    </DialogFrame>
  );
}
