import FormHelperText from '@material-ui/core/FormHelperText';
import { lighten, makeStyles, Theme } from '@material-ui/core/styles';
import { ReactNode } from 'react';

/** Red with enough contrast for small text, which Material UI's lacks. */
export function errorTextColor({ palette }: Theme): string {
  return palette.type === 'dark'
    ? lighten(palette.error.light, 0.4)
    : palette.error.dark;
}

const useStyles = makeStyles(theme => ({
  root: { '&&': { color: errorTextColor(theme) } },
}));

type FieldErrorProps = { id?: string; children: ReactNode };

/** Validation error below a field. */
export function FieldError(props: FieldErrorProps) {
  return (
    <FormHelperText className={useStyles().root} role="alert" {...props} />
  );
}
