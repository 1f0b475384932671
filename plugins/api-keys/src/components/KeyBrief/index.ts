export { KeyBrief, KeyBriefList } from './KeyBrief';
