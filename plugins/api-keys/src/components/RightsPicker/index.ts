export { RightsPicker } from './RightsPicker';
