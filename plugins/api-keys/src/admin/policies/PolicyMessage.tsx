import Box from '@material-ui/core/Box';
import Alert, { Color } from '@material-ui/lab/Alert';

/** Says something about the form as a whole. */
export const PolicyMessage = (props: { severity: Color; children: string }) => (
  <Box mt={2}>
    <Alert {...props} />
  </Box>
);
