/**
 * Backend plugin of API keys for Backstage.
 *
 * @packageDocumentation
 */
export { apiKeysFeatureLoader as default } from './featureLoader';
export { apiKeysPlugin } from './plugin';
export {
  apiKeyConditions,
  createApiKeyConditionalDecision,
} from './permissions/rules';
