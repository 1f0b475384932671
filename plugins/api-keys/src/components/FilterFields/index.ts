export { ChoiceField } from './ChoiceField';
export { SearchField } from './SearchField';
export { useFilterStyles } from './useFilterStyles';
