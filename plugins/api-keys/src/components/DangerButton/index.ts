export { DangerButton } from './DangerButton';
