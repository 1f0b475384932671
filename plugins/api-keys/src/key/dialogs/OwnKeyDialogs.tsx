import { ApiKey } from 'backstage-plugin-api-keys-common';
import { CreateKeyDialog } from '../../create-key/CreateKeyDialog';
import { EditKeyDialog } from './EditKeyDialog';
import { KeepAliveDialog } from './KeepAliveDialog';
import { KeyAction } from './keyActions';
import { RevokeKeyDialog } from './RevokeKeyDialog';
import { RotateKeyDialog } from './RotateKeyDialog';
import { ShortenExpiryDialog } from './ShortenExpiryDialog';

/** The open dialog. */
export type OpenOwnKeyDialog =
  | { action: 'create' }
  | { action: KeyAction; apiKey: ApiKey };

type OwnKeyDialogsProps = {
  dialog?: OpenOwnKeyDialog;
  /** Runs after a change and before the dialog closes. With a new secret, it runs while the secret is shown. */
  onChanged: () => Promise<void>;
  onRevoked: (apiKey: ApiKey, alsoRevoked: number) => Promise<void>;
  /** @param created - true if a key was created */
  onClose: (created?: boolean) => void;
};

/** The dialogs of an owner's actions on keys. */
export function OwnKeyDialogs(props: OwnKeyDialogsProps) {
  const { dialog, onChanged, onRevoked, onClose } = props;
  if (!dialog) return null;
  if (dialog.action === 'create') {
    return <CreateKeyDialog onCreated={onChanged} onClose={onClose} />;
  }
  const { apiKey } = dialog;
  const common = { apiKey, onClose: () => onClose() };
  switch (dialog.action) {
    case 'duplicate':
      return (
        <CreateKeyDialog
          from={apiKey}
          onCreated={onChanged}
          onClose={onClose}
        />
      );
    case 'rotate':
      return (
        <RotateKeyDialog
          apiKey={apiKey}
          onRotated={onChanged}
          onClose={onClose}
        />
      );
    case 'keep-alive':
      return <KeepAliveDialog {...common} onSaved={onChanged} />;
    case 'shorten':
      return <ShortenExpiryDialog {...common} onSaved={onChanged} />;
    case 'revoke':
      return (
        <RevokeKeyDialog
          {...common}
          onRevoked={({ totalItems }) => onRevoked(apiKey, totalItems)}
        />
      );
    case 'edit':
      return <EditKeyDialog {...common} onSaved={onChanged} />;
    default:
      return dialog satisfies never;
  }
}
