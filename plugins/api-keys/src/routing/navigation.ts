import { useCallback, useSyncExternalStore } from 'react';
import {
  useLocation as useReactRouterLocation,
  useNavigate as useReactRouterNavigate,
} from 'react-router-dom';
import { useAppHistory, useHasAppHistory } from './appHistory';

/** Where the app is. The path is without that of `app.baseUrl`. */
export type AppLocation = { pathname: string; search: string; hash: string };

/** Leads to a path of the app, or with `?…` to the same page with other parameters. */
export type Navigate = (to: string, options?: { replace?: boolean }) => void;

/** Returns where the app is, and renders again when it goes elsewhere. */
export function useLocation(): AppLocation {
  // One app has one answer: the hook that is called does not change.
  const useSource = useHasAppHistory()
    ? useHistoryLocation
    : useReactRouterLocation;
  return useSource();
}

/** Returns the function that leads elsewhere. */
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
