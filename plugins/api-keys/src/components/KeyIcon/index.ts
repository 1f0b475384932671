export { KeyIcon } from './KeyIcon';
