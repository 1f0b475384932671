export { KeyPage } from './KeyPage';
