import Button from '@material-ui/core/Button';
import { ReactNode } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { DialogBody } from './DialogBody';
import { DialogFrame, DialogFrameProps, useDialogBusy } from './DialogFrame';
import { SubmitError } from './SubmitError';
import { Submission } from './useSubmit';

type FormBodyProps = {
  title: ReactNode;
  submitLabel: string;
  submission: Submission;
  canSubmit?: boolean;
  /** Replaces `submission.submit`, to validate first. */
  onSubmit?: () => void;
  onCancel: () => void;
  /** Shown with the error of the submission. */
  advice?: ReactNode;
  /** The fields. */
  children: ReactNode;
};

/** A form with its error and buttons, inside a DialogFrame. */
export function FormBody(props: FormBodyProps) {
  const { title, submitLabel, submission, canSubmit = true } = props;
  const { onSubmit = submission.submit, onCancel, advice, children } = props;
  const { busy, error } = submission;
  const { t } = useTranslation();
  useDialogBusy(busy);
  return (
    <DialogBody
      title={title}
      onSubmit={() => {
        if (canSubmit) onSubmit();
      }}
      buttons={
        <>
          <Button onClick={onCancel} disabled={busy}>
            {t('form.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy || !canSubmit}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      {children}
      <SubmitError error={error} advice={advice} />
    </DialogBody>
  );
}

type FormDialogProps = Omit<FormBodyProps, 'onCancel'> &
  Pick<DialogFrameProps, 'id' | 'ignoresBackdrop' | 'onClose'>;

/** A dialog with one form. */
export function FormDialog(props: FormDialogProps) {
  const { id, ignoresBackdrop, onClose, ...body } = props;
  return (
    <DialogFrame id={id} ignoresBackdrop={ignoresBackdrop} onClose={onClose}>
      <FormBody {...body} onCancel={onClose} />
    </DialogFrame>
  );
}
