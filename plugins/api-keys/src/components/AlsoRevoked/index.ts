export { AlsoRevoked } from './AlsoRevoked';
