export { LifeBar } from './LifeBar';
