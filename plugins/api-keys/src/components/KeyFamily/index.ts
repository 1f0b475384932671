export { KeyFamily } from './KeyFamily';
