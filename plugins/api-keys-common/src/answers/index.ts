export { expectNoContent, readCsv, readJson } from './readAnswer';
export type { JsonOperation } from './answers';
export { UnexpectedAnswerError } from './UnexpectedAnswerError';
