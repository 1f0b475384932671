import { ApiKey } from 'backstage-plugin-api-keys-common';
import { SecretDialog } from '../../shared/secret/SecretDialog';
import { RotateKeyForm } from './RotateKeyForm';

type RotateKeyDialogProps = {
  apiKey: ApiKey;
  /** Called when the successor exists, while its secret is still shown. */
  onRotated: () => void;
  /** @param created - true if a successor was created */
  onClose: (created: boolean) => void;
};

/** Replaces a key by a successor and shows the secret of the successor. */
export function RotateKeyDialog(props: RotateKeyDialogProps) {
  const { apiKey, onRotated, onClose } = props;
  return (
    <SecretDialog id="api-keys-rotate" onCreated={onRotated} onClose={onClose}>
      {form => <RotateKeyForm apiKey={apiKey} {...form} />}
    </SecretDialog>
  );
}
