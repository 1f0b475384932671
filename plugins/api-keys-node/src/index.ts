/**
 * API keys for backend packages: the services that accept keys, and the API to identify them.
 *
 * @packageDocumentation
 */
export { behindApiKeys } from './behindApiKeys';
export {
  ApiKeyRefusedError,
  ApiKeyScopeError,
  ApiKeyVerificationUnavailableError,
} from './verification/errors';
export { apiKeyTokenHandlerServiceFactory } from './token-handler/apiKeyTokenHandlerServiceFactory';
export { apiKeyEventSinkExtensionPoint } from './events/eventSinks';
export type {
  ApiKeyEventSink,
  ApiKeyEventSinkExtensionPoint,
} from './events/eventSinks';
export { API_KEYS_EVENTS_TOPIC } from './events/topic';
export type { ApiKeyEventPayload } from './events/topic';
export { apiKeyOwnershipExtensionPoint } from './ownership/ownershipResolver';
export type {
  ApiKeyOwnership,
  ApiKeyOwnershipContext,
  ApiKeyOwnershipExtensionPoint,
  ApiKeyOwnershipResolver,
} from './ownership/ownershipResolver';
export { apiKeyServiceFactories } from './serviceFactories';
export { apiKeysServiceRef } from './service/apiKeysServiceRef';
export type {
  ApiKeyIdentity,
  ApiKeysService,
} from './service/apiKeysServiceRef';
export type { VerificationOutcome, VerifiedApiKey } from './verification/types';
