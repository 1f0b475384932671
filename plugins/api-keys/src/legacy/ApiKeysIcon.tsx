import { NavIcon } from '../nav/NavIcon';

/**
 * Sidebar icon of *My API Keys*: `<SidebarItem icon={ApiKeysIcon} to="api-keys" text="My API Keys" end />`. It shows a
 * dot when keys of the user expire or go inactive within a week.
 *
 * @public
 */
export function ApiKeysIcon() {
  return <NavIcon />;
}
