export { KeyFields } from './KeyFields';
