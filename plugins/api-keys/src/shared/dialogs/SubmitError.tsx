import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { ReactNode } from 'react';
import { useErrorText } from '../states/useErrorText';

type SubmitErrorProps = {
  error: Error | undefined;
  advice?: ReactNode;
};

/** Error of the last attempt to submit. */
export function SubmitError(props: SubmitErrorProps) {
  const { error, advice } = props;
  const errorText = useErrorText();
  if (!error) return null;
  return (
    <Box mt={2}>
      <Alert severity="error">
        <div>{errorText(error)}</div>
        {advice && <div>{advice}</div>}
      </Alert>
    </Box>
  );
}
