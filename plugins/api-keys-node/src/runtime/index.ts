export { ApiKeyRuntime, apiKeyRuntimeServiceRef } from './ApiKeyRuntime';
