import { useCallback, useSyncExternalStore } from 'react';
import {
  useLocation as useReactRouterLocation,
  useNavigate as useReactRouterNavigate,
} from 'react-router-dom';
import { useAppHistory, useHasAppHistory } from './appHistory';

/** The current location. The path does not include that of `app.baseUrl`. */
export type AppLocation = { pathname: string; search: string; hash: string };

/** Navigates to a path of the app, or with `?…` to other parameters of the same page. */
export type Navigate = (to: string, options?: { replace?: boolean }) => void;

/** Returns the current location and renders on changes. */
export function useLocation(): AppLocation {
  // The condition never changes within an app, so the order of hooks is stable.
  const useSource = useHasAppHistory()
    ? useHistoryLocation
    : useReactRouterLocation;
  return useSource();
}

export function useNavigate(): Navigate {
  const useSource = useHasAppHistory()
    ? useHistoryNavigate
    : useReactRouterNavigate;
  return useSource();
}

function useHistoryLocation(): AppLocation {
  const { subscribe, getSnapshot } = useAppHistory();
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot).location;
}

function useHistoryNavigate(): Navigate {
  const history = useAppHistory();
  return useCallback((...args) => history.navigate(...args), [history]);
}
