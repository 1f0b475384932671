import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { LogoIcon } from '../brand';

const ICON_SIZE = 32;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    width: '100%',
    height: 72,
    boxSizing: 'border-box',
    // Aligned with the icons of the entries below.
    paddingLeft: (sidebarConfig.drawerWidthClosed - ICON_SIZE) / 2,
    color: theme.palette.navigation.selectedColor,
  },
  name: {
    fontWeight: 'bold',
    lineHeight: 1.2,
    // One word per line: a name of two words does not fit next to the icon.
    width: 'min-content',
  },
}));

/** Links to the start page. */
export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  const organization = useApi(configApiRef).getString('organization.name');
  return (
    <Link
      to="/"
      underline="none"
      className={classes.root}
      aria-label={`${organization}, home`}
    >
      <LogoIcon size={ICON_SIZE} />
      {isOpen && (
        <Typography component="span" variant="body2" className={classes.name}>
          {organization}
        </Typography>
      )}
    </Link>
  );
}
