export { EntityApiKeysCard } from './EntityApiKeysCard';
export { EntityApiKeysContent } from './EntityApiKeysContent';
