export { TransferKeysDialog } from './TransferKeysDialog';
