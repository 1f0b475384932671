import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ConfirmOwnerDialog } from '../../shared/dialogs/ConfirmOwnerDialog';
import { KeyTarget } from './keyTarget';
import { RevokeKeysDialog } from './revoke/RevokeKeysDialog';
import { SetExpiryDialog } from './SetExpiryDialog';
import { TransferKeysDialog } from './transfer/TransferKeysDialog';

/** The open dialog; at most one of the fields is set. */
export type OpenKeyDialog = {
  revoke?: KeyTarget;
  transfer?: KeyTarget;
  setExpiry?: ApiKey;
  /** Entity ref of an owner. */
  confirmOwner?: string;
};

type KeyActionDialogsProps = {
  dialog?: OpenKeyDialog;
  /** Called when keys have changed. The dialog can still be open to show the result. */
  onChanged: () => Promise<void>;
  onClose: () => void;
};

/** The dialogs of an admin's actions on keys. */
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
