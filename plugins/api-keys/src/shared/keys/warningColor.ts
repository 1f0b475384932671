import { Theme } from '@material-ui/core/styles';

/** Warning colour with enough contrast in both themes, which Material UI's lacks on white. */
export function warningColor({ palette }: Theme): string {
  return palette.type === 'dark' ? palette.warning.main : palette.warning.dark;
}
