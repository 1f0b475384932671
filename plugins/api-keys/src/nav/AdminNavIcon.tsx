import { usePermission } from '@backstage/plugin-permission-react';
import SecurityIcon from '@material-ui/icons/Security';
import { apiKeyAdminReadPermission } from 'backstage-plugin-api-keys-common';
import { useLayoutEffect, useRef } from 'react';

/**
 * The icon of the entry *API keys admin* in the sidebar. It hides its entry from everybody who is not known to be an admin:
 * while the permission is being looked up, and when that fails, too.
 *
 * The icon is the only part of the entry that is rendered by the plugin. Backstage's own condition for a page (`if`) is
 * evaluated before the app renders anything, and a failing permission backend would take the whole portal down.
 */
export function AdminNavIcon() {
  const { allowed } = usePermission({ permission: apiKeyAdminReadPermission });
  const ref = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    // On the page itself, the icon stands in the header and in no entry.
    const entry = ref.current?.closest<HTMLElement>('a, button');
    if (allowed || !entry) return undefined;
    entry.style.display = 'none';
    return () => {
      entry.style.display = '';
    };
  }, [allowed]);

  return (
    <span ref={ref} style={{ display: 'inline-flex' }}>
      <SecurityIcon />
    </span>
  );
}
