export { ScopesPicker } from './ScopesPicker';
