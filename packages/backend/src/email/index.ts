export { emailFeatureLoader as default } from './featureLoader';
