export { OwnKeyMenu } from './OwnKeyMenu';
