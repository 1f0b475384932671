import { PropsWithChildren, useEffect } from 'react';
import { useLocation, useNavigate } from '../routing/navigation';
import { adminRouteRef } from '../routing/routes';
import { useRoutePath } from '../routing/useRoutePath';

/**
 * Redirects from `/admin` below this page to *API keys admin*, wherever the app has mounted it: notifications link
 * relative to this page. Renders its children if the app has no admin page.
 */
export function AdminPageRedirect(
  props: PropsWithChildren<{ below: string[] }>,
) {
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
