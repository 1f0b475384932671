export type { AuthenticatedKey, ApiKeyGate, CallForKey } from './ApiKeyGate';
export type { OwnershipLookup } from './ApiKeyRuntime';
export { ApiKeyRuntime, apiKeyRuntimeServiceRef } from './ApiKeyRuntime';
export { UserTokens } from './UserTokens';
