/**
 * Auth provider that exchanges an API key for a Backstage user token.
 *
 * @packageDocumentation
 */
export { authModuleApiKeyProvider as default } from './module';
