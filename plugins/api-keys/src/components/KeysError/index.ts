export { KeysError } from './KeysError';
