import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { SidebarLogo } from './SidebarLogo';

const useStyles = makeStyles(theme => ({
  '@global': {
    // By default, four entries in the bar are wider than a narrow phone, and icons shrink to the size of the text.
    'nav.MuiBottomNavigation-root .MuiBottomNavigationAction-root': {
      minWidth: 64,
      margin: theme.spacing(0, 0.5),
      '& svg': { width: 24, height: 24 },
    },
  },
}));

const FIRST = ['page:catalog', 'page:api-keys', 'page:api-keys/admin'];

/**
 * Main pages first, then the pages of other plugins, and the user's own entries at the end.
 *
 * Each entry is a group of its own: on a narrow screen, the groups become a bar of links at the bottom of the page.
 */
export function PortalNav({ navItems }: NavContentComponentProps) {
  useStyles();
  const first = FIRST.flatMap(id => navItems.take(id) ?? []);
  const notifications = navItems.take('page:notifications');
  const settings = navItems.take('page:user-settings');
  const pages = [...first, ...navItems.rest()];

  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarDivider />
      {pages.map(item => toGroup(item, toPageItem(item)))}
      <SidebarSpace />
      <SidebarDivider />
      {notifications &&
        // Shows the count of unread notifications and updates it live.
        toGroup(notifications, <NotificationsSidebarItem />)}
      {settings && toGroup(settings, toPageItem(settings))}
    </Sidebar>
  );
}

function toPageItem({ href, title, icon }: NavContentNavItem) {
  return <SidebarItem to={href} text={title} icon={() => icon} />;
}

function toGroup({ href, title, icon }: NavContentNavItem, content: ReactNode) {
  return (
    <SidebarGroup key={href} to={href} label={title} icon={icon}>
      {content}
    </SidebarGroup>
  );
}
