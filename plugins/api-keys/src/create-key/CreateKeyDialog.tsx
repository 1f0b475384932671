import { ApiKey } from 'backstage-plugin-api-keys-common';
import { SecretDialog } from '../shared/secret/SecretDialog';
import { CreateKeyForm } from './CreateKeyForm';

type CreateKeyDialogProps = {
  /** The key to clone. */
  from?: ApiKey;
  /** Scopes to start with. */
  scopes?: readonly string[];
  /** Explains why the key to clone is missing. */
  notice?: string;
  /** Called when the key exists, while its secret is still shown. */
  onCreated: () => void;
  /** @param created - true if a key was created */
  onClose: (created: boolean) => void;
};

/** Creates a key and shows its secret. */
export function CreateKeyDialog(props: CreateKeyDialogProps) {
  const { onCreated, onClose, ...start } = props;
  return (
    <SecretDialog id="api-keys-create" onCreated={onCreated} onClose={onClose}>
      {form => <CreateKeyForm {...start} {...form} />}
    </SecretDialog>
  );
}
