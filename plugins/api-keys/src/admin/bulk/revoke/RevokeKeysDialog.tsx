import Dialog from '@material-ui/core/Dialog';
import { RevokeApiKeysResult } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { KeyTarget } from '../keyTarget';
import { RevokeKeysForm } from './RevokeKeysForm';
import { RevokeKeysResult } from './RevokeKeysResult';

const TITLE_ID = 'api-keys-bulk-title';
const TEXT_ID = 'api-keys-bulk-text';

type RevokeKeysDialogProps = {
  /** Has to be the same object as long as the dialog is open. */
  target: KeyTarget;
  /** The keys are revoked, or some of them; the result is still being shown. */
  onRevoked: () => void;
  onClose: () => void;
};

/** Asks before many keys are ended for good, and says what became of it. */
export function RevokeKeysDialog(props: RevokeKeysDialogProps) {
  const { target, onRevoked, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<RevokeApiKeysResult>();
  const ids = { titleId: TITLE_ID, textId: TEXT_ID };

  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      aria-labelledby={TITLE_ID}
      aria-describedby={TEXT_ID}
      maxWidth="sm"
      fullWidth
    >
      {result ? (
        <RevokeKeysResult {...ids} result={result} onClose={onClose} />
      ) : (
        <RevokeKeysForm
          {...ids}
          target={target}
          onBusy={setBusy}
          onRevoked={answer => {
            setResult(answer);
            onRevoked();
          }}
          onChanged={onRevoked}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
