import { usePermission } from '@backstage/plugin-permission-react';
import SecurityIcon from '@material-ui/icons/Security';
import { apiKeyAdminReadPermission } from 'backstage-plugin-api-keys-common';
import { useLayoutEffect, useRef } from 'react';

/**
 * Sidebar icon of *API keys admin*. It hides its entry from users who are not known to be admins: also while the
 * permission is loading, and if that fails.
 *
 * The plugin renders no other part of the entry. The condition of a page (`if`) is evaluated before the app renders,
 * where a failing permission backend would take the whole portal down.
 */
export function AdminNavIcon() {
  const { allowed } = usePermission({ permission: apiKeyAdminReadPermission });
  const ref = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    // In the page header, the icon has no entry around it.
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
