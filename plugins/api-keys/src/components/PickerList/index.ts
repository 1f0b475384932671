export { PickerList } from './PickerList';
