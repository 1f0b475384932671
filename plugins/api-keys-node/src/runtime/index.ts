export type {
  ApiKeyAwareService,
  OwnershipLookup,
  PresentedCredentials,
} from './ApiKeyRuntime';
export { ApiKeyRuntime, apiKeyRuntimeServiceRef } from './ApiKeyRuntime';
