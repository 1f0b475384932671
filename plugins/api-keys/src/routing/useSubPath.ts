import { RouteRef } from '@backstage/core-plugin-api';
import { useLocation } from './navigation';
import { useRoutePath } from './useRoutePath';

/** Returns the parts of the address below a page, decoded: `['events']` on `/api-keys-admin/events`. */
export function useSubPath(page: RouteRef): string[] {
  const { pathname } = useLocation();
  const path = useRoutePath(page)?.() ?? '';
  // Counted, not compared: the browser encodes the path, and its case is of no importance.
  return partsOf(pathname).slice(partsOf(path).length).map(decode);
}

function partsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
