export { RightsSentence } from './RightsSentence';
