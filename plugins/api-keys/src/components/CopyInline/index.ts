export { CopyInline } from './CopyInline';
