import { ApiKeyWarningKind } from './generated/types';

/**
 * Every {@link ApiKeyWarningKind}.
 *
 * @public
 */
export const API_KEY_WARNING_KINDS: readonly ApiKeyWarningKind[] = Object.keys({
  expiry: true,
  inactivity: true,
  expired: true,
} satisfies Record<ApiKeyWarningKind, true>) as ApiKeyWarningKind[];
