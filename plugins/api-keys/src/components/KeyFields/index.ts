export { holdSecret, KeyFields } from './KeyFields';
