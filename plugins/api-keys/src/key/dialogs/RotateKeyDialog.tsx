import { ApiKey } from 'backstage-plugin-api-keys-common';
import { SecretDialog } from '../../shared/secret/SecretDialog';
import { RotateKeyForm } from './RotateKeyForm';

const TITLE_ID = 'api-keys-rotate-title';

type RotateKeyDialogProps = {
  apiKey: ApiKey;
  /** The successor exists now; its secret is still being shown. */
  onRotated: () => void;
  /** `created`: whether a successor was made. */
  onClose: (created: boolean) => void;
};

/** Replaces a key by a new one and shows the secret of that. */
export function RotateKeyDialog(props: RotateKeyDialogProps) {
  const { apiKey, onRotated, onClose } = props;
  return (
    <SecretDialog titleId={TITLE_ID} onCreated={onRotated} onClose={onClose}>
      {form => <RotateKeyForm titleId={TITLE_ID} apiKey={apiKey} {...form} />}
    </SecretDialog>
  );
}
