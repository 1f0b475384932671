export { UnconfirmedOwners } from './UnconfirmedOwners';
