/**
 * Fakes for tests of plugins that use API keys.
 *
 * @packageDocumentation
 */
export { apiKeysServiceMock, mockApiKeyCredentials } from './service/mocks';
export type { MockApiKey } from './service/mocks';
export type {
  ApiKeyIdentity,
  ApiKeysService,
} from './service/apiKeysServiceRef';
export type { VerificationOutcome, VerifiedApiKey } from './verification/types';
export {
  ApiKeyRefusedError,
  ApiKeyVerificationUnavailableError,
} from './verification/errors';
