export { EntityApiScopeCard } from './EntityApiScopeCard';
