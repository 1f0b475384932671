export { LogoIcon } from './LogoIcon';
