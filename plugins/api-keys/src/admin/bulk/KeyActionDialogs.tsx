import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ConfirmOwnerDialog } from '../../shared/dialogs/ConfirmOwnerDialog';
import { KeyTarget } from './keyTarget';
import { RevokeKeysDialog } from './revoke/RevokeKeysDialog';
import { SetExpiryDialog } from './SetExpiryDialog';
import { TransferKeysDialog } from './transfer/TransferKeysDialog';

/** What is being done with keys: at most one of these. */
export type OpenKeyDialog = {
  revoke?: KeyTarget;
  transfer?: KeyTarget;
  setExpiry?: ApiKey;
  /** Entity ref of an owner. */
  confirmOwner?: string;
};

type KeyActionDialogsProps = {
  dialog?: OpenKeyDialog;
  /** Keys have changed; the dialog may still be open, to say how. */
  onChanged: () => Promise<void>;
  onClose: () => void;
};

/** The dialogs with which an admin does something with keys. */
export function KeyActionDialogs(props: KeyActionDialogsProps) {
  const { dialog, onChanged, onClose } = props;
  if (dialog?.revoke) {
    return (
      <RevokeKeysDialog
        target={dialog.revoke}
        onRevoked={onChanged}
        onClose={onClose}
      />
    );
  }
  if (dialog?.transfer) {
    return (
      <TransferKeysDialog
        target={dialog.transfer}
        onTransferred={onChanged}
        onClose={onClose}
      />
    );
  }
  if (dialog?.confirmOwner !== undefined) {
    return (
      <ConfirmOwnerDialog
        asAdmin
        owner={dialog.confirmOwner}
        onConfirmed={onChanged}
        onClose={onClose}
      />
    );
  }
  return dialog?.setExpiry ? (
    <SetExpiryDialog
      apiKey={dialog.setExpiry}
      onSaved={onChanged}
      onClose={onClose}
    />
  ) : null;
}
