export * from './format';
export {
  containsSecret,
  findSecrets,
  redactSecrets,
  redactSecretsInJson,
} from 'backstage-plugin-api-keys-common';
export { readSecretPrefix } from './config';
