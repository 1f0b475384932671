/**
 * Verification of a portal's API keys for services outside of Backstage. Does not depend on Backstage.
 *
 * @packageDocumentation
 */
export { createApiKeyVerifier } from './createApiKeyVerifier';
export type { PortalVerifierOptions } from './createApiKeyVerifier';
export type { PortalCredential } from './Introspection';
export { apiKeyOf, requireApiKey } from './requireApiKey';
export type { ApiKeyRequest, RequireApiKeyOptions } from './requireApiKey';
export type {
  PortalAnswer,
  PortalKey,
  PortalQuestion,
  PortalVerifier,
} from './types';
export { VerificationUnavailableError } from './VerificationUnavailableError';
