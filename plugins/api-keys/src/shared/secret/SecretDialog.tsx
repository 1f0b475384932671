import Dialog, { DialogProps } from '@material-ui/core/Dialog';
import { CreatedApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode, useState } from 'react';
import { RevealSecret } from './RevealSecret';
import { useRevealedSecret } from './useRevealedSecret';

/** What a form needs that ends in a new secret. */
export type SecretFormProps = {
  onBusy: (busy: boolean) => void;
  onCreated: (created: CreatedApiKey) => void;
  onCancel: () => void;
};

type SecretDialogProps = {
  titleId: string;
  /** A key exists now; its secret is still being shown. */
  onCreated: () => void;
  /** `created`: whether a key was made. */
  onClose: (created: boolean) => void;
  /** The form. */
  children: (form: SecretFormProps) => ReactNode;
};

/**
 * Asks for a new secret and shows it. One dialog for both steps, so that the focus has one place to go back to.
 *
 * It is to be taken out of the tree when it closes: a closing animation would keep the secret in the page.
 */
export function SecretDialog(props: SecretDialogProps) {
  const { titleId, onCreated, onClose, children } = props;
  const [busy, setBusy] = useState(false);
  const { created, keep, forget } = useRevealedSecret();

  // Neither a key on its way nor a secret on the screen may be lost by accident, nor typed text to a click
  // beside the dialog.
  const closeOnEscape: DialogProps['onClose'] = (_event, reason) => {
    if (reason === 'escapeKeyDown' && !busy && !created) onClose(false);
  };

  return (
    <Dialog
      open
      onClose={closeOnEscape}
      aria-labelledby={titleId}
      maxWidth="sm"
      fullWidth
    >
      {created ? (
        <RevealSecret
          created={created}
          titleId={titleId}
          onDone={() => {
            forget();
            onClose(true);
          }}
        />
      ) : (
        children({
          onBusy: setBusy,
          onCreated: answer => {
            keep(answer);
            onCreated();
          },
          onCancel: () => onClose(false),
        })
      )}
    </Dialog>
  );
}
