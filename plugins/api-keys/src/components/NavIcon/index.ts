export { NavIcon } from './NavIcon';
