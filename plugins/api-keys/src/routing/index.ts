export { AppLink } from './AppLink';
export { useLocation, useNavigate } from './navigation';
export { useRoutePath } from './useRoutePath';
export { useSearchParams, type SetSearchParams } from './useSearchParams';
export { useSubPath } from './useSubPath';
