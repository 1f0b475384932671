/**
 * Fakes for tests of plugins that use API keys.
 *
 * @packageDocumentation
 */
export { apiKeysServiceMock, mockApiKeyCredentials } from './service/mocks';
export type { MockApiKey } from './service/mocks';
