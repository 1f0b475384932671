import FormHelperText from '@material-ui/core/FormHelperText';
import { lighten, makeStyles, Theme } from '@material-ui/core/styles';
import { ReactNode } from 'react';

/** The red of Material UI is too pale for small letters. */
export function errorTextColor({ palette }: Theme): string {
  return palette.type === 'dark'
    ? lighten(palette.error.light, 0.4)
    : palette.error.dark;
}

const useStyles = makeStyles(theme => ({
  root: { '&&': { color: errorTextColor(theme) } },
}));

type FieldErrorProps = { id?: string; children: ReactNode };

/** Says below a field what is wrong with it. */
export function FieldError(props: FieldErrorProps) {
  return (
    <FormHelperText className={useStyles().root} role="alert" {...props} />
  );
}
