import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles({
  title: { fontWeight: 'bold' },
});

type FormSectionProps = {
  id: string;
  title: string;
  /** Set for a section within another one. */
  inner?: boolean;
  children: ReactNode;
};

/** A titled group of fields. */
export function FormSection(props: FormSectionProps) {
  const { id, title, inner = false, children } = props;
  return (
    <Box
      mt={inner ? 1.5 : 0}
      mb={inner ? 1 : 2}
      role="group"
      aria-labelledby={id}
    >
      <Typography
        id={id}
        className={useStyles().title}
        variant="subtitle2"
        component={inner ? 'h4' : 'h3'}
      >
        {title}
      </Typography>
      {children}
    </Box>
  );
}
