export * from './format';
export { readSecretPrefix } from './config';
