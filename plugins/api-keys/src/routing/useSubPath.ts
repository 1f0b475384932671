import { RouteRef } from '@backstage/core-plugin-api';
import { useLocation } from './navigation';
import { useRoutePath } from './useRoutePath';

/** Returns the decoded path segments below a page: `['events']` on `/api-keys-admin/events`. */
export function useSubPath(page: RouteRef): string[] {
  const { pathname } = useLocation();
  const path = useRoutePath(page)?.() ?? '';
  // Counts segments instead of comparing them, since the path is encoded and case-insensitive.
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
