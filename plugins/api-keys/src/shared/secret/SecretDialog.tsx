import { CreatedApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { DialogFrame } from '../dialogs/DialogFrame';
import { RevealSecret } from './RevealSecret';
import { useRevealedSecret } from './useRevealedSecret';

/** Props of a form that creates a secret. */
export type SecretFormProps = {
  onCreated: (created: CreatedApiKey) => void;
  onCancel: () => void;
};

type SecretDialogProps = {
  id: string;
  /** Called when the key exists, while its secret is still shown. */
  onCreated: () => void;
  /** @param created - true if a key was created */
  onClose: (created: boolean) => void;
  /** Renders the form. */
  children: (form: SecretFormProps) => ReactNode;
};

/**
 * Shows a form that creates a secret, then the secret.
 *
 * Unmount it to close it: a closing animation would keep the secret in the page.
 */
export function SecretDialog(props: SecretDialogProps) {
  const { id, onCreated, onClose, children } = props;
  const { created, keep, forget } = useRevealedSecret();
  return (
    <DialogFrame
      id={id}
      ignoresBackdrop
      onClose={() => {
        // Escape must not lose the only sight of the secret.
        if (!created) onClose(false);
      }}
    >
      {created ? (
        <RevealSecret
          created={created}
          onDone={() => {
            forget();
            onClose(true);
          }}
        />
      ) : (
        children({
          onCreated: answer => {
            keep(answer);
            onCreated();
          },
          onCancel: () => onClose(false),
        })
      )}
    </DialogFrame>
  );
}
