export { checkAuthConfig } from './checkAuthConfig';
export { readApiKeysConfig } from './readApiKeysConfig';
export type { ApiKeysConfig } from './readApiKeysConfig';
export type { LeaksConfig } from './readLeaks';
