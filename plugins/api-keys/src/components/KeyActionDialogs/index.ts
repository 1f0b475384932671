export { KeyActionDialogs } from './KeyActionDialogs';
export type { OpenKeyDialog } from './KeyActionDialogs';
