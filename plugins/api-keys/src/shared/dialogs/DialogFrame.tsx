import Dialog, { DialogProps } from '@material-ui/core/Dialog';
import {
  createContext,
  ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';

type DialogContextValue = {
  titleId: string;
  textId: string;
  setBusy: (busy: boolean) => void;
};

const DialogContext = createContext<DialogContextValue | undefined>(undefined);

/** Returns the dialog around a component. */
export function useDialog(): DialogContextValue {
  const dialog = useContext(DialogContext);
  if (!dialog) throw new Error('Dialog bodies need a DialogFrame around them');
  return dialog;
}

/** Keeps the dialog open while a request is in flight. */
export function useDialogBusy(busy: boolean): void {
  const { setBusy } = useDialog();
  useEffect(() => {
    setBusy(busy);
    return () => setBusy(false);
  }, [busy, setBusy]);
}

export type DialogFrameProps = {
  /** Prefix of the ids of title and text. */
  id: string;
  /** Set if the body has a `DialogText`, which describes the dialog to screen readers. */
  described?: boolean;
  /** Set if a click outside of the dialog would lose typed text. Escape still closes it. */
  ignoresBackdrop?: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** An open dialog without its content. It can hold one body after another, so that focus has one place to return to. */
export function DialogFrame(props: DialogFrameProps) {
  const { id, described, ignoresBackdrop, onClose, children } = props;
  const [busy, setBusy] = useState(false);
  const dialog = useMemo(
    () => ({ titleId: `${id}-title`, textId: `${id}-text`, setBusy }),
    [id],
  );
  const close: DialogProps['onClose'] = (_event, reason) => {
    if (busy || (ignoresBackdrop && reason === 'backdropClick')) return;
    onClose();
  };
  return (
    <Dialog
      open
      onClose={close}
      aria-labelledby={dialog.titleId}
      aria-describedby={described ? dialog.textId : undefined}
      maxWidth="sm"
      fullWidth
    >
      <DialogContext.Provider value={dialog}>{children}</DialogContext.Provider>
    </Dialog>
  );
}
