import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';

/** One question of the form, with the fields that answer it. */
export const FormSection = (props: { title: string; children: ReactNode }) => {
  const titleId = useId();
  return (
    <Box mb={2} role="group" aria-labelledby={titleId}>
      <Typography id={titleId} variant="subtitle2" component="h3">
        {props.title}
      </Typography>
      {props.children}
    </Box>
  );
};
