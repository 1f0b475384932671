import { ApiKey } from 'backstage-plugin-api-keys-common';
import { SecretDialog } from '../shared/secret/SecretDialog';
import { CreateKeyForm } from './CreateKeyForm';

const TITLE_ID = 'api-keys-create-title';

type CreateKeyDialogProps = {
  /** The model of the new key. */
  from?: ApiKey;
  /** What the new key is for outside of Backstage, unless the user says otherwise. */
  scopes?: readonly string[];
  /** Why there is no model, although there should be one. */
  notice?: string;
  /** A key exists now; its secret is still being shown. */
  onCreated: () => void;
  /** `created`: whether a key was made. */
  onClose: (created: boolean) => void;
};

/** Makes a key and shows its secret. */
export function CreateKeyDialog(props: CreateKeyDialogProps) {
  const { from, scopes, notice, onCreated, onClose } = props;
  return (
    <SecretDialog titleId={TITLE_ID} onCreated={onCreated} onClose={onClose}>
      {form => (
        <CreateKeyForm
          titleId={TITLE_ID}
          from={from}
          scopes={scopes}
          notice={notice}
          {...form}
        />
      )}
    </SecretDialog>
  );
}
