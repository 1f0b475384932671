import { PropsWithChildren, useEffect } from 'react';
import { useLocation, useNavigate } from '../routing/navigation';
import { adminRouteRef } from '../routing/routes';
import { useRoutePath } from '../routing/useRoutePath';

/**
 * Leads from `/admin` below the page to the page *API keys admin*, which may be anywhere: links in notifications know only where
 * the page of one's own keys is. Shows its children in an app without that page.
 */
export function ToAdminPage(props: PropsWithChildren<{ below: string[] }>) {
  const { below, children } = props;
  const adminRoute = useRoutePath(adminRouteRef);
  const { search } = useLocation();
  const navigate = useNavigate();
  const parts = below.map(encodeURIComponent);
  const to = adminRoute && `${[adminRoute(), ...parts].join('/')}${search}`;
  useEffect(() => {
    if (to) navigate(to, { replace: true });
  }, [to, navigate]);
  return to ? null : <>{children}</>;
}
