import { Theme } from '@material-ui/core/styles';

/** A colour for small warnings that can be told from the ground in both themes: the plain one is too pale on white. */
export function warningColor({ palette }: Theme): string {
  return palette.type === 'dark' ? palette.warning.main : palette.warning.dark;
}
