import Button from '@material-ui/core/Button';
import { ReactNode } from 'react';
import { DialogBody } from './DialogBody';

type ResultBodyProps = {
  title: ReactNode;
  closeLabel: string;
  onClose: () => void;
  children?: ReactNode;
};

/** The last step of a dialog, which shows what happened and can only be closed. */
export function ResultBody(props: ResultBodyProps) {
  const { title, closeLabel, onClose, children } = props;
  return (
    <DialogBody
      title={title}
      buttons={
        <Button variant="contained" color="primary" onClick={onClose}>
          {closeLabel}
        </Button>
      }
    >
      {children}
    </DialogBody>
  );
}
