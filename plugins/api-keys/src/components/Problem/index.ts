export { Problem, problemColor } from './Problem';
