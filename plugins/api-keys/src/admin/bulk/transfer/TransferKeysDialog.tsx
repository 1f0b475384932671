import Dialog from '@material-ui/core/Dialog';
import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { KeyTarget } from '../keyTarget';
import { TransferKeysForm } from './TransferKeysForm';
import { TransferKeysResult } from './TransferKeysResult';

const TITLE_ID = 'api-keys-transfer-title';

type TransferKeysDialogProps = {
  /** Has to be the same object as long as the dialog is open. */
  target: KeyTarget;
  /** The keys belong to the group, or some of them; the result is still being shown. */
  onTransferred: () => void;
  onClose: () => void;
};

/** Asks which group keys are to belong to, shows what that means, and says what became of it. */
export function TransferKeysDialog(props: TransferKeysDialogProps) {
  const { target, onTransferred, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{
    group: string;
    result: TransferApiKeysResult;
  }>();

  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      aria-labelledby={TITLE_ID}
      maxWidth="sm"
      fullWidth
    >
      {done ? (
        <TransferKeysResult
          {...done}
          target={target}
          titleId={TITLE_ID}
          onClose={onClose}
        />
      ) : (
        <TransferKeysForm
          target={target}
          titleId={TITLE_ID}
          onBusy={setBusy}
          onTransferred={(group, result) => {
            setDone({ group, result });
            onTransferred();
          }}
          onFailed={onTransferred}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
