import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles({
  title: { fontWeight: 'bold' },
});

/** One question of the form, with the fields that answer it. */
export const FormSection = (props: {
  id: string;
  title: string;
  children: ReactNode;
}) => {
  const { id, title, children } = props;
  return (
    <Box mb={2} role="group" aria-labelledby={id}>
      <Typography
        id={id}
        className={useStyles().title}
        variant="subtitle2"
        component="h3"
      >
        {title}
      </Typography>
      {children}
    </Box>
  );
};
