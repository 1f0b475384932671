export type { AuthenticatedKey, ApiKeyGate, CallForKey } from './ApiKeyGate';
export type { OwnershipResolver } from './ApiKeyRuntime';
export { ApiKeyRuntime, apiKeyRuntimeServiceRef } from './ApiKeyRuntime';
export type { MintedFor } from './MintedTokens';
export { MintedTokens } from './MintedTokens';
export { UserTokens } from './UserTokens';
