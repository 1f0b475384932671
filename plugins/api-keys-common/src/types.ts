import { ApiKeyPolicySources } from './generated/types';

/**
 * A field of {@link ApiKeyPolicyLimits}.
 *
 * @public
 */
export type ApiKeyPolicyField = keyof ApiKeyPolicySources;
