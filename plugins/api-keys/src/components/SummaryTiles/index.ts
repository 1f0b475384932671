export { SummaryTiles } from './SummaryTiles';
