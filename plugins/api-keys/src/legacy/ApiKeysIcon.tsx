import { NavIcon } from '../nav/NavIcon';

/**
 * The icon for the entry in the sidebar: `<SidebarItem icon={ApiKeysIcon} to="api-keys" text="My API Keys" end />`. It has
 * a dot when keys of the user expire or go inactive within a week.
 *
 * @public
 */
export function ApiKeysIcon() {
  return <NavIcon />;
}
