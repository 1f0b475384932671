export { ListFilters } from './ListFilters';
