export * from './format';
export {
  containsSecret,
  findSecrets,
  redactSecrets,
} from 'backstage-plugin-api-keys-common';
export { readSecretPrefix } from './config';
