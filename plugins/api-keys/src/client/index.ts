export { createLazyClient } from './createLazyClient';
