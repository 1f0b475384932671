export { DocumentTitle } from './DocumentTitle';
