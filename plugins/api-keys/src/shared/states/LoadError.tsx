import Button from '@material-ui/core/Button';
import Alert, { Color } from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useTranslation } from '../../translations/useTranslation';
import { useSubmit } from '../dialogs/useSubmit';
import { useErrorText } from './useErrorText';

type LoadErrorProps = {
  title: string;
  error: Error;
  severity?: Color;
  onRetry: () => Promise<void>;
};

/** Load error with a retry button. */
export function LoadError(props: LoadErrorProps) {
  const { title, error, severity = 'error', onRetry } = props;
  const { t } = useTranslation();
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
          onClick={() => retry.submit()}
        >
          {t('list.retry')}
        </Button>
      }
    >
      <AlertTitle>{title}</AlertTitle>
      {errorText(error)}
    </Alert>
  );
}
