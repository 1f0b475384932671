import { RevokeApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { DialogFrame } from '../../../shared/dialogs/DialogFrame';
import { KeyTarget } from '../keyTarget';
import { RevokeKeysForm } from './RevokeKeysForm';
import { RevokeKeysResult } from './RevokeKeysResult';

type RevokeKeysDialogProps = {
  /** Has to stay the same object while the dialog is open. */
  target: KeyTarget;
  /** Called when some or all keys are revoked, while the result is still shown. */
  onRevoked: () => void;
  onClose: () => void;
};

/** Asks before many keys are revoked, then shows the result. */
export function RevokeKeysDialog(props: RevokeKeysDialogProps) {
  const { target, onRevoked, onClose } = props;
  const [result, setResult] = useState<RevokeApiKeysResult>();
  return (
    <DialogFrame id="api-keys-bulk" onClose={onClose} described>
      {result ? (
        <RevokeKeysResult result={result} onClose={onClose} />
      ) : (
        <RevokeKeysForm
          target={target}
          onRevoked={answer => {
            setResult(answer);
            onRevoked();
          }}
          onChanged={onRevoked}
          onCancel={onClose}
        />
      )}
    </DialogFrame>
  );
}
