export { RevokedText } from './RevokedText';
