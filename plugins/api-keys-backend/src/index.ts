/**
 * API keys for Backstage: the backend.
 *
 * @packageDocumentation
 */
export { apiKeysFeatureLoader as default } from './featureLoader';
export { apiKeysPlugin } from './plugin';
export {
  apiKeyConditions,
  createApiKeyConditionalDecision,
  type ApiKeyOwnerKind,
} from './permissions/rules';
