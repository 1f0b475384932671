import Dialog, { DialogProps } from '@material-ui/core/Dialog';
import { useState } from 'react';
import { useUnstoredSecret } from '../../hooks/useUnstoredSecret';
import { RevealSecret } from '../RevealSecret';
import { CreateKeyForm } from './CreateKeyForm';

const TITLE_ID = 'api-keys-create-title';

/**
 * Makes a key and shows its secret. One dialog for both steps, so that the focus has one place to go back to.
 *
 * It is to be taken out of the tree when it closes: a closing animation would keep the secret in the page.
 */
export const CreateKeyDialog = (props: {
  /** A key exists now; its secret is still being shown. */
  onCreated: () => void;
  /** `created`: whether a key was made. */
  onClose: (created: boolean) => void;
}) => {
  const { onCreated, onClose } = props;
  const [busy, setBusy] = useState(false);
  const { created, keep, forget } = useUnstoredSecret();

  // Neither a key on its way nor a secret on the screen may be lost by accident, nor typed text to a click
  // beside the dialog.
  const closeOnEscape: DialogProps['onClose'] = (_event, reason) => {
    if (reason === 'escapeKeyDown' && !busy && !created) onClose(false);
  };

  return (
    <Dialog
      open
      onClose={closeOnEscape}
      aria-labelledby={TITLE_ID}
      maxWidth="sm"
      fullWidth
    >
      {created ? (
        <RevealSecret
          created={created}
          titleId={TITLE_ID}
          onDone={() => {
            forget();
            onClose(true);
          }}
        />
      ) : (
        <CreateKeyForm
          titleId={TITLE_ID}
          onBusy={setBusy}
          onCreated={answer => {
            keep(answer);
            onCreated();
          }}
          onCancel={() => onClose(false)}
        />
      )}
    </Dialog>
  );
};
