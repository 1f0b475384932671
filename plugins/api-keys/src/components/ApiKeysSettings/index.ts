export { ApiKeysSettings } from './ApiKeysSettings';
