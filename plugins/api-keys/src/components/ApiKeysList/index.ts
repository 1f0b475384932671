export { ApiKeysList } from './ApiKeysList';
