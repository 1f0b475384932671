import { AdminNavIcon } from '../nav/AdminNavIcon';

/**
 * The icon for the entry of the page of admins: `<SidebarItem icon={ApiKeysAdminIcon} to="api-keys-admin" text="API keys admin" />`.
 * It hides its entry from users who are not known to be admins.
 *
 * @public
 */
export function ApiKeysAdminIcon() {
  return <AdminNavIcon />;
}
