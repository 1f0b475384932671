export { RoutedTabs } from './RoutedTabs';
