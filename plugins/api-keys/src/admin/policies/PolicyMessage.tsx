import Box from '@material-ui/core/Box';
import Alert, { Color } from '@material-ui/lab/Alert';

type PolicyMessageProps = { severity: Color; children: string };

/** A message about the form as a whole. */
export function PolicyMessage(props: PolicyMessageProps) {
  return (
    <Box mt={2}>
      <Alert {...props} />
    </Box>
  );
}
