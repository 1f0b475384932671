import Button from '@material-ui/core/Button';
import { ReactNode } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { DangerButton } from './DangerButton';
import { DialogBody, DialogText } from './DialogBody';
import { DialogFrame, DialogFrameProps, useDialogBusy } from './DialogFrame';
import { SubmitError } from './SubmitError';
import { Submission } from './useSubmit';

type ConfirmBodyProps = {
  title: ReactNode;
  confirmLabel: string;
  /** Set if the action cannot be undone. */
  danger?: boolean;
  submission: Pick<Submission, 'busy' | 'error'>;
  canConfirm?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  /** Another answer, between the other two buttons. */
  otherButton?: ReactNode;
  children: ReactNode;
};

/** A question with its error and buttons, inside a DialogFrame. */
export function ConfirmBody(props: ConfirmBodyProps) {
  const { title, confirmLabel, danger, submission, children } = props;
  const { canConfirm = true, onConfirm, onCancel, otherButton } = props;
  const { busy, error } = submission;
  const { t } = useTranslation();
  useDialogBusy(busy);
  const button = {
    disabled: busy || !canConfirm,
    onClick: () => onConfirm(),
  };
  return (
    <DialogBody
      title={title}
      buttons={
        <>
          <Button onClick={onCancel} disabled={busy}>
            {t('form.cancel')}
          </Button>
          {otherButton}
          {danger ? (
            <DangerButton {...button}>{confirmLabel}</DangerButton>
          ) : (
            <Button variant="contained" color="primary" {...button}>
              {confirmLabel}
            </Button>
          )}
        </>
      }
    >
      {children}
      <SubmitError error={error} />
    </DialogBody>
  );
}

type ConfirmDialogProps = Omit<ConfirmBodyProps, 'onCancel'> &
  Pick<DialogFrameProps, 'id' | 'onClose'>;

/** A dialog that asks before something happens. Its content describes it to screen readers. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { id, onClose, children, ...body } = props;
  return (
    <DialogFrame id={id} onClose={onClose} described>
      <ConfirmBody {...body} onCancel={onClose}>
        <DialogText>{children}</DialogText>
      </ConfirmBody>
    </DialogFrame>
  );
}
