export type { OwnershipResolver } from './ApiKeyRuntime';
export { ApiKeyRuntime, apiKeyRuntimeServiceRef } from './ApiKeyRuntime';
