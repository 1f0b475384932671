export { AttentionSummary } from './AttentionSummary';
