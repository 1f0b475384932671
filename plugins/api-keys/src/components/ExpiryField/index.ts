export { ExpiryField } from './ExpiryField';
