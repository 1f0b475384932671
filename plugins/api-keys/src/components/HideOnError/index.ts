export { HideOnError } from './HideOnError';
