export { useSecretNotice } from './useSecretNotice';
