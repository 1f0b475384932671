export { PickerSearch } from './PickerSearch';
