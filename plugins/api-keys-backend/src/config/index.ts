export { checkAuthConfig } from './checkAuthConfig';
export { checkDatabaseConfig } from './checkDatabaseConfig';
export { NO_PEPPER, readApiKeysConfig } from './readApiKeysConfig';
export type { ApiKeysConfig } from './readApiKeysConfig';
export type { LeaksConfig } from './readLeaks';
