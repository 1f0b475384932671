export { CreateKeyGate } from './CreateKeyGate';
