export type { AuthenticatedKey, ApiKeyGate, CallForKey } from './ApiKeyGate';
export type { ApiKeyAwareService, OwnershipLookup } from './ApiKeyRuntime';
export { ApiKeyRuntime, apiKeyRuntimeServiceRef } from './ApiKeyRuntime';
