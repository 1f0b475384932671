import Button from '@material-ui/core/Button';
import Alert, { Color } from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useErrorText } from '../../hooks/useErrorText';
import { useSubmit } from '../../hooks/useSubmit';
import { useTexts } from '../../hooks/useTexts';

/** Says what could not be loaded and why, and lets the user try again. */
export const LoadError = (props: {
  title: string;
  error: Error;
  severity?: Color;
  onRetry: () => Promise<void>;
}) => {
  const { title, error, severity = 'error', onRetry } = props;
  const { t } = useTexts();
  const errorText = useErrorText();
  const retry = useSubmit(onRetry);
  return (
    <Alert
      severity={severity}
      action={
        <Button
          color="inherit"
          size="small"
          disabled={retry.busy}
          onClick={retry.submit}
        >
          {t('list.retry')}
        </Button>
      }
    >
      <AlertTitle>{title}</AlertTitle>
      {errorText(error)}
    </Alert>
  );
};
