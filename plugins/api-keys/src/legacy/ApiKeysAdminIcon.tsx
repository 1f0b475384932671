import { AdminNavIcon } from '../nav/AdminNavIcon';

/**
 * Sidebar icon of the admin page: `<SidebarItem icon={ApiKeysAdminIcon} to="api-keys-admin" text="API keys admin" />`.
 * It hides its entry from users who are not known to be admins.
 *
 * @public
 */
export function ApiKeysAdminIcon() {
  return <AdminNavIcon />;
}
