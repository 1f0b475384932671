export { OwnerField } from './OwnerField';
