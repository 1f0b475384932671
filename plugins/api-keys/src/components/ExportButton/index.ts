export { CsvButton } from './CsvButton';
export { ExportButton } from './ExportButton';
