/**
 * What a service outside of Backstage needs to accept API keys of a portal. It is without Backstage.
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
