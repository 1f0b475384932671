export { SecretDialog } from './SecretDialog';
export type { SecretFormProps } from './SecretDialog';
