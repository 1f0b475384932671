export { expectNoContent, readCsv, readJson } from './readAnswer';
export type { JsonOperation } from './readAnswer';
export { UnexpectedAnswerError } from './UnexpectedAnswerError';
