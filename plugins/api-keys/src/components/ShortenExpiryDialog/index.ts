export { ShortenExpiryDialog } from './ShortenExpiryDialog';
