export { OwnKeyDialogs } from './OwnKeyDialogs';
export type { OpenOwnKeyDialog } from './OwnKeyDialogs';
