export { TargetOwners } from './TargetOwners';
