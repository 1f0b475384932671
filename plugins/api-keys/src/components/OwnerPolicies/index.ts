export { OwnerPolicies } from './OwnerPolicies';
